"""How Sphinx builds the documentation: ``make docs``."""

from summarizer.version import VERSION

project = "summarizer"
author = "The summarizer project"
copyright = author  # noqa: A001 (the name that Sphinx reads)
release = version = VERSION

extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = f"summarizer {VERSION}"
html_static_path = ["_static"]
html_css_files = ["wrap.css"]
html_copy_source = False
html_show_sphinx = False
