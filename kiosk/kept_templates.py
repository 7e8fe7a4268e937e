"""Templates as Jinja compiled them, kept by the hash of their text: a start compiles none.

Takes a Cache; is what Jinja asks before it compiles. A template that was edited has another hash.
"""

import sys

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from kiosk.cache import Cache, key_of

SUFFIX = "template"


class KeptTemplates(BytecodeCache):
    """Jinja's own cache, over the kiosk's: written whole, sealed, and held when it cannot be."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket what is kept for it."""
        kept = self._cache.read(_key(bucket), SUFFIX)
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._cache.keep(_key(bucket), SUFFIX, bucket.bytecode_to_string())


def _key(bucket: Bucket) -> str:
    versions = [jinja2.__version__, sys.implementation.cache_tag]
    return key_of(versions, bucket.key, bucket.checksum)
