"""A peer: the same page from a bare Flask and Jinja app, `python -m bench.bare_app PACK/TOPIC`.

The same template and words, under the same waitress, and nothing else: no settings of a visitor, no
headers, no counts. All that the template needs is looked up before the first request.
"""

import sys
import tempfile
from pathlib import Path

import flask
import waitress

from kiosk.services import TEMPLATES, build_services
from kiosk.settings import Settings
from kiosk.volume import LOUDEST
from kiosk.web.preferences import DEFAULTS


def main(name: str) -> None:
    """Serve one topic's page until stopped; print the address first."""
    services = build_services(Settings(state=Path(tempfile.mkdtemp())))
    pack_id, _, topic_id = name.partition("/")
    pack = services.catalogue.packs[pack_id]
    topic = pack.topics[topic_id]
    values = {
        "pack": pack,
        "topic": topic,
        "page": services.page(pack, topic),
        "addresses": {other: f"/{pack.id}/{other}" for other in pack.topics},
        "phrases": services.catalogue.phrases,
        "settings": services.settings,
        "preferences": DEFAULTS,
        "nothing_changed": True,
        "form_token": "",
        "waits": {"idle_s": 60, "long_s": 90, "warning_s": 20},
        "loudest": LOUDEST,
        "here": f"/{name}",
        "here_whole": f"/{name}",
        "drawer": services.drawer,
        "front_end": dict.fromkeys(("style", "script", "gate", "icon"), "/static"),
    }
    app = flask.Flask(__name__, template_folder=str(TEMPLATES))
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.add_url_rule(f"/{name}", view_func=lambda: flask.render_template("topic.html", **values))
    server = waitress.create_server(app, host="127.0.0.1", port=0)
    print(f"http://127.0.0.1:{server.effective_port}", flush=True)
    server.run()
    services.close()


if __name__ == "__main__":
    main(sys.argv[1])
