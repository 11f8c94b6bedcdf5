"""Whatever is opened, however often, by whomever: looking writes nothing."""

from storage.participation import send_link
from storage.tokens import invitation_token, quiet_token
from tests.bot.web.conftest import NOON, SECRET

TIMES = 20


async def test_opening_a_page_changes_nothing_in_the_database(place, new_browser):
    """Mail scanners and previews open every link, often and at once: nothing is started, consumed or recorded.

    With GET and HEAD, with cookies and without, whether or not the link is used already.
    """
    owner, stranger = new_browser(), new_browser()
    await owner.start(place.tokens[1])
    free, used = await place.people()
    await send_link(place.engine, used.id, secret=SECRET, now=NOON)
    tokens = (*place.tokens, invitation_token(SECRET, used.survey_id, used.id, 1), "unknown")
    quiet = [quiet_token(SECRET, person.id) for person in (free, used)]
    paths = ["/", "/link", "/chat", *(f"/s/{token}" for token in tokens), *(f"/no-more/{token}" for token in quiet)]
    before = await place.everything()

    for _ in range(TIMES):
        for path in paths:
            for browser in (owner, stranger):
                await browser.open(path)
            stranger.session.cookie_jar.clear()
            async with stranger.session.head(f"{place.address}{path}") as response:
                assert response.status in (200, 403, 404)
                assert not await response.read()

    assert await place.everything() == before
