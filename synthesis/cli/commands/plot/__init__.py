"""`evidence plot`: one figure a command."""

from synthesis.cli.listing import Listing

COMMAND = Listing(
    name="plot",
    package=__name__,
    order=7,
    short_help="Draw a figure as SVG, PDF or PNG.",
    help="Draw a figure of one endpoint. The ending of the file chooses the format: .svg, .pdf or .png.",
    examples="evidence plot forest objective-response -o response.svg",
)
