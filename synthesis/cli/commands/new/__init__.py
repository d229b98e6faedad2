"""`evidence new`: start a review or a study."""

from synthesis.cli.listing import Listing

COMMAND = Listing(
    name="new",
    package=__name__,
    order=1,
    short_help="Start a review, or add a study to one.",
    help="Write a commented file to fill in. What exists is never written over.",
    examples="evidence new review studies\nevidence new study smith-2019 --root studies",
)
