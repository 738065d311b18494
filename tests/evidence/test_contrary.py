"""What nearly the same words say of another thing, or of its contrary."""

from collections import Counter

import pytest

from summarizer.evidence import Claim
from summarizer.evidence.contrary import is_contrary
from summarizer.text.language import language_of_words
from summarizer.text.tokens import tokenize

from .test_evidence import supports


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("The finance minister refused to resign over the harbour scandal on Monday.", "The finance minister said he would resign over the harbour scandal on Monday."),
        ("The finance minister declined to resign over the harbour scandal.", "The finance minister agreed to resign over the harbour scandal."),
        ("The court lifted the ban on fishing in the northern bay on Friday.", "The court upheld the ban on fishing in the northern bay on Friday."),
        ("The appeals court overturned the conviction of the former mayor.", "The appeals court upheld the conviction of the former mayor."),
        ("The city council banned electric scooters from the pavements of the old town.", "The city council allowed electric scooters on the pavements of the old town."),
        ("The central bank raised its main interest rate to 4 percent on Thursday.", "The central bank cut its main interest rate to 4 percent on Thursday."),
        ("The club hired its head coach after the defeat in Turku.", "The club fired its head coach after the defeat in Turku."),
        ("The bank bought the insurance company for 3 billion dollars.", "The bank sold the insurance company for 3 billion dollars."),
        ("Police arrested a man in connection with the fire at the mill.", "Police released a man in connection with the fire at the mill."),
        ("The president signed the law on the new tax.", "The president scrapped the law on the new tax."),
        ("The president signed the bill on clean water on Tuesday.", "The president vetoed the bill on clean water on Tuesday."),
        ("The rocket passed its first test on the coast on Tuesday.", "The rocket failed its first test on the coast on Tuesday."),
        ("A judge granted bail to the banker accused of fraud.", "A judge refused bail to the banker accused of fraud."),
        ("A judge granted bail to the banker accused of fraud.", "A judge denied bail to the banker accused of fraud."),
        ("Police have identified the man who was found dead in the river.", "Police have failed to identify the man who was found dead in the river."),
        ("The explosion at the factory killed 12 workers on Monday.", "The explosion at the factory injured 12 workers on Monday."),
        ("The patient, a farmer from Osterland, died in the hospital on Sunday.", "The patient, a farmer from Osterland, recovered in the hospital on Sunday."),
        ("Rescuers pulled four survivors from the collapsed hotel on Sunday.", "Rescuers pulled four bodies from the collapsed hotel on Sunday."),
        ("The new museum in the harbour will open on Friday.", "The new museum in the harbour will close on Friday."),
        ("The tanker ran aground off the north coast of the island.", "The tanker ran aground off the south coast of the island."),
        ("The mayor left the building before the fire broke out.", "The mayor left the building after the fire broke out."),
        ("The union supports the plan to close the mine.", "The union opposes the plan to close the mine."),
        ("The company said it was willing to pay for the damage to the beach.", "The company said it was unwilling to pay for the damage to the beach."),
        ("The airline announced plans to fly to Turku next summer.", "The airline abandoned plans to fly to Turku next summer."),
        ("The drug prevents heart attacks in older patients, the study found.", "The drug causes heart attacks in older patients, the study found."),
        ("Government troops retook the town of Aldwick on Thursday.", "Government troops lost the town of Aldwick on Thursday."),
        ("All passengers on the ferry were rescued by the coast guard.", "Some passengers on the ferry were rescued by the coast guard."),
        ("Prices of bread were higher in March than in the year before.", "Prices of bread were lower in March than in the year before."),
        ("The actor's wife was found dead in their house in Aldwick.", "The actor's son was found dead in their house in Aldwick."),
        ("Three men were rescued from the burning mill.", "Three women were rescued from the burning mill."),
        ("A strong earthquake shook northern Osterland on Sunday.", "A strong earthquake shook southern Osterland on Sunday."),
        ("The goalkeeper was sent off in the second half of the final.", "The striker was sent off in the second half of the final."),
        ("The fire in the old mill was caused by a gas leak, police said.", "The fire in the old mill was caused by an arsonist, police said."),
        ("The bridge over the river was closed yesterday because of the flood.", "The bridge over the river was closed last year because of the flood."),
        ("The union called off the strike at the port.", "The union called for a strike at the port."),
        ("Rebels attacked the convoy near the border.", "Rebels protected the convoy near the border."),
        ("The witness identified the driver as the owner of the car.", "The witness could not identify the driver as the owner of the car."),
        ("The parliament approved the budget for the coming year.", "The parliament abandoned the budget for the coming year."),
        ("The players threatened to leave the club after the final.", "The players left the club after the final."),
        ("Two boys tried to rob the bakery in the old harbour.", "Two boys robbed the bakery in the old harbour."),
        ("The firm avoided bankruptcy after talks with its banks.", "The firm faced bankruptcy after talks with its banks."),
        ("The man was falsely accused of stealing the painting.", "The man was accused of stealing the painting."),
        ("The woman was accused of killing her husband in the kitchen.", "The woman was cleared of killing her husband in the kitchen."),
        ("The witness told the court the truth about the fire.", "The witness told the court lies about the fire."),
        ("The judge dismissed the lawsuit against the brewery on Tuesday.", "The judge allowed the lawsuit against the brewery on Tuesday to go ahead."),
        ("Voters backed the new airport in a referendum on Sunday.", "Voters turned down the new airport in a referendum on Sunday."),
        ("The museum hid the painting from the public for years.", "The museum showed the painting to the public for years."),
        ("The doctor was cleared of all charges by the court in Aldwick.", "The doctor was convicted of all charges by the court in Aldwick, his lawyer said."),
        ("Police said the driver was sober when the bus crashed.", "Police said the driver was drunk when the bus crashed."),
        ("The singer postponed her tour of Osterland because of illness.", "The singer resumed her tour of Osterland after an illness."),
        ("The jury found the nurse guilty of poisoning three patients.", "The jury cleared the nurse of poisoning three patients."),
        ("Scientists confirmed that the bone belongs to a bear.", "Scientists doubt that the bone belongs to a bear."),
        ("The plane landed safely at the airport of Aldwick after an engine fire.", "The plane crashed at the airport of Aldwick after an engine fire."),
        ("The bank robber was shot dead by the police.", "The police officer was shot dead by the bank robber."),
        ("Nobody was hurt when the crane fell onto the market.", "Everybody was hurt when the crane fell onto the market."),
        ("Two thirds of the members backed the strike at the port.", "One third of the members backed the strike at the port."),
        ("The firm is accused of dumping oil in the bay.", "The firm dumped oil in the bay."),
        ("He almost drowned in the lake near the town of Aldwick.", "He drowned in the lake near the town of Aldwick."),
        ("The suspect is still at large, police in Aldwick said.", "The suspect is in custody, police in Aldwick said."),
    ],
)  # fmt: skip
def test_one_word_makes_another_thing_of_a_sentence(quote: str, passage: str) -> None:
    assert supports(quote, quote)
    assert not supports(quote, passage)
    assert not supports(passage, quote)


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("Der Minister weigert sich, nach dem Skandal um den Hafen zurückzutreten.", "Der Minister verspricht, nach dem Skandal um den Hafen zurückzutreten."),
        ("Der Minister soll die Akten über den Bau der Brücke vernichtet haben.", "Der Minister hat die Akten über den Bau der Brücke vernichtet."),
        ("Der Minister bestreitet, die Akten über den Bau der Brücke vernichtet zu haben.", "Der Minister gesteht, die Akten über den Bau der Brücke vernichtet zu haben."),
        ("Das Gericht hat das Urteil gegen den früheren Bürgermeister aufgehoben.", "Das Gericht hat das Urteil gegen den früheren Bürgermeister bestätigt."),
        ("Die Bank hat die Zinsen am Donnerstag erhöht.", "Die Bank hat die Zinsen am Donnerstag gesenkt."),
        ("Le ministre aurait détruit les dossiers sur la construction du pont.", "Le ministre a détruit les dossiers sur la construction du pont."),
        ("Le ministre refuse de démissionner après le scandale du port.", "Le ministre accepte de démissionner après le scandale du port."),
        ("Le tribunal a annulé la condamnation de l'ancien maire.", "Le tribunal a confirmé la condamnation de l'ancien maire."),
        ("El ministro podría haber destruido los documentos sobre el puente.", "El ministro ha destruido los documentos sobre el puente."),
        ("El ministro se negó a dimitir por el escándalo del puerto.", "El ministro aceptó dimitir por el escándalo del puerto."),
        ("El ministro niega haber destruido los documentos sobre el puente.", "El ministro admite haber destruido los documentos sobre el puente."),
        ("El banco ha subido los tipos de interés este jueves.", "El banco ha bajado los tipos de interés este jueves."),
    ],
)  # fmt: skip
def test_contraries_in_other_languages(quote: str, passage: str) -> None:
    language = language_of_words(Counter(tokenize(f"{quote} {passage}")))
    one, other = (Claim(text, language.code, language.stem) for text in (quote, passage))
    assert language.code in {"de", "fr", "es"}
    assert not is_contrary(one, one)
    assert is_contrary(one, other)
    assert is_contrary(other, one)


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("The minister refused to resign over the harbour scandal.", "The minister has refused to resign over the harbour scandal, the paper reports."),
        ("A judge denied bail to the banker who is accused of fraud.", "A judge has denied bail to the banker accused of fraud."),
        ("Rescuers pulled four survivors from the collapsed hotel on Sunday.", "Four survivors were pulled from the collapsed hotel on Sunday by rescuers."),
        ("Anna Keller sued Peter Brandt over the house in Aldwick.", "Anna Keller has sued Peter Brandt over the house in Aldwick, her lawyer said."),
        ("The museum in the harbour will open on Friday after two years of repairs.", "The museum in the harbour is to open on Friday after two years of repairs."),
        ("The company said it would close its plant in Turku next year.", "The company will close its plant in Turku next year, it said."),
        ("The attack killed 12 people and injured 40 in the market.", "The attack in the market killed 12 people and injured 40, officials said."),
        ("The central bank raised its main interest rate to 4 percent on Thursday.", "On Thursday the central bank raised its main rate of interest to 4 percent."),
        ("The storm flooded hundreds of houses along the coast.", "The storm has flooded hundreds of houses along the coast of the island."),
        ("Police failed to identify the man found dead in the river.", "Police have failed to identify the man who was found dead in the river."),
        ("The mill (AP) was destroyed by the fire near the harbour.", "The mill was destroyed by the fire near the harbour."),
        ("The museum was founded in 1871 by a brewer.", "The museum was founded by a brewer in 1871."),
        ("The phone weighs 198 grams and costs 300 euros.", "The new phone weighs 198 grams and costs 300 euros."),
        ("The parliament voted to end the war tax on Tuesday.", "The parliament voted on Tuesday to end the war tax."),
        ("The jury found the nurse guilty of poisoning three patients.", "The jury has found the nurse guilty of poisoning her three patients."),
        ("The singer postponed her tour of Osterland because of illness.", "The singer has postponed her tour of Osterland because of an illness."),
        ("The ferry left the port of Turku with 40 people on board.", "The ferry had left the port of Turku with 40 people on board when it sank."),
        ("The dam burst after days of heavy rain in the valley.", "The dam in the valley burst after days of heavy rain."),
        ("The striker scored twice in the first half of the final.", "The young striker scored twice in the first half of the final, the paper reports."),
        ("The teacher was praised for her handling of the fire at the school.", "The teacher has been praised for her handling of the fire at the school."),
    ],
)  # fmt: skip
def test_plain_paraphrases_stay(quote: str, passage: str) -> None:
    assert supports(quote, passage)
    assert supports(passage, quote)


def test_capitals_make_names_of_may_and_will() -> None:
    quote = "The bank praised Theresa May over the harbour plan in Aldwick."
    assert supports(quote, quote.replace("May", "May again"))
    stated = "The company shut its plant and will pay the workers for a year."
    assert supports(stated, stated.replace("for a", "for one"))


def test_french_no_longer_denies() -> None:
    texts = ("Le club ne paie plus les joueurs.", "Le club paie plus que les joueurs.")
    assert [len(Claim(text, "fr").denials) for text in texts] == [1, 0]


def test_two_words_replaced_in_the_same_frame() -> None:
    quote = "A spokesman for the port sold the harbour in the spring near ifeb."
    assert not supports(quote, quote.replace("harbour", "quay").replace("ifeb", "jacc"))
