"""Call the tools of ``summarize mcp`` as an agent does, and print what is said."""

import sys
from typing import Any

import anyio
from mcp import Client, StdioServerParameters

SERVER = StdioServerParameters(command=sys.executable, args=["-m", "summarizer", "mcp", "examples"])


async def talk() -> None:
    """Start the server, and call each of its tools."""
    async with Client(SERVER) as client:

        async def call(name: str, **arguments: Any) -> Any:
            result = await client.call_tool(name, arguments)
            told = (f"{key}={str(value)[:60]!r}" for key, value in arguments.items())
            print(f"{'ERROR OF ' * result.is_error}{name}({', '.join(told)})")
            print(*(part.text for part in result.content if part.type == "text"), end="\n\n")
            return result.structured_content

        await call("summarize", paths=["market_blast"], words=30)
        question = "How did the crew return?"
        found = await call("ask", question=question, paths=["moon_landing"], words=30)
        await call("verify", summary=found)
        await call("check", text="The blast killed 21 people in Harle.", paths=["market_blast"])
        await call("timeline", paths=["bridge"], days=1)
        await call("summarize", paths=["../README.md"])


anyio.run(talk)
