"""pyttsx3 with eSpeak NG, made to answer at once and to tell when each word is spoken.

Takes the text as it is to be said; gives back 16-bit mono samples and the engine's word events.
The sole user of pyttsx3, and only ever inside the speech worker: neither pyttsx3 nor eSpeak NG
may be called from two threads or before a fork.
"""

import ctypes
import sys
import types
from typing import Any

import pyttsx3
from pyttsx3.drivers import _espeak, espeak

from kiosk.errors import SpeechError, VoiceNotFoundError
from kiosk.speech.sound import WORDS_PER_MINUTE, Sound, WordEvent

DRIVER = "kiosk_espeak"
PHONEMES = 0x100  # espeakPHONEMES of speak_lib.h, which pyttsx3 leaves out: [[…]] are phonemes


class _SynchronousDriver(espeak.EspeakDriver):  # type: ignore[misc] # pyttsx3 carries no types
    """pyttsx3's eSpeak driver without its background thread.

    The stock driver loses all but the last queued text, and often the first of a process, because
    it returns before eSpeak NG has finished (pyttsx3 threads 219 and 194).
    """

    rate_hz = 22050

    def __init__(self, proxy: Any) -> None:
        if not espeak.EspeakDriver._moduleInitialized:
            rate = _espeak.Initialize(_espeak.AUDIO_OUTPUT_SYNCHRONOUS, 200)
            if rate == -1:
                raise RuntimeError("eSpeak NG did not start")
            _SynchronousDriver.rate_hz = rate
            espeak.EspeakDriver._defaultVoice = "gmw/en-gb-x-rp"
            espeak.EspeakDriver._moduleInitialized = True
        self._samples = bytearray()
        self._events: list[WordEvent] = []
        super().__init__(proxy)

    def _onSynth(self, wav: Any, count: int, events: Any) -> int:  # noqa: N802 - pyttsx3's name
        # Called from C: an exception here would be swallowed, so nothing in it may raise.
        number = 0
        while events[number].type != _espeak.EVENT_LIST_TERMINATED:
            event = events[number]
            if event.type == _espeak.EVENT_WORD:
                # text_position counts characters from 1; audio_position is in ms.
                self._events.append(WordEvent(event.text_position - 1, event.audio_position / 1000))
            number += 1
        if count > 0:
            self._samples += ctypes.string_at(wav, count * 2)
        return 0

    def say(self, text: str) -> None:
        self._samples, self._events = bytearray(), []
        self._proxy.notify("started-utterance")
        flags = _espeak.CHARS_UTF8 | _espeak.ENDPAUSE | PHONEMES
        _espeak.Synth(text.encode("utf-8"), flags=flags)
        sound = Sound(bytes(self._samples), self.rate_hz, tuple(self._events))
        self._proxy.notify("sound", sound=sound)
        self._proxy.notify("finished-utterance", completed=True)

    def startLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        self._proxy.setBusy(False)  # lets pyttsx3 run its queue, each `say` to its end


class EspeakEngine:
    """eSpeak NG as the speech worker keeps it."""

    def __init__(self) -> None:
        module = types.ModuleType(f"pyttsx3.drivers.{DRIVER}")
        module.buildDriver = _SynchronousDriver  # type: ignore[attr-defined] # made here
        sys.modules[module.__name__] = module
        self._errors: list[Exception] = []
        self._sounds: list[Sound] = []
        try:
            self._engine = pyttsx3.init(DRIVER)
        except (OSError, RuntimeError) as error:
            raise VoiceNotFoundError(
                "eSpeak NG is not on this machine", "install the package libespeak-ng1"
            ) from error
        # pyttsx3 swallows exceptions and tells of them only by this event.
        self._engine.connect("error", self._note_error)
        self._engine.connect("sound", self._note_sound)
        self._engine.setProperty("rate", WORDS_PER_MINUTE)
        self._voice = ""

    def _note_error(self, name: object, exception: Exception) -> None:  # noqa: ARG002 - pyttsx3's
        self._errors.append(exception)

    def _note_sound(self, name: object, sound: Sound) -> None:  # noqa: ARG002 - pyttsx3's
        self._sounds.append(sound)

    def version(self) -> str:
        """The version of eSpeak NG, which shapes the sound."""
        info = _espeak.dll.espeak_Info
        info.restype = ctypes.c_char_p
        return str(info(None).decode())

    def voices(self) -> list[str]:
        """The ids of the voices on this machine."""
        return [voice.id for voice in self._engine.getProperty("voices")]

    def synthesise(self, text: str, voice: str) -> Sound:
        """Say a text. Raises VoiceNotFoundError, SpeechError."""
        if voice != self._voice:
            if voice not in self.voices():
                raise VoiceNotFoundError(
                    f"eSpeak NG has no voice “{voice}”", "see `espeak-ng --voices`"
                )
            self._engine.setProperty("voice", voice)
            self._voice = voice
        self._errors.clear()
        self._sounds.clear()
        self._engine.say(text)
        self._engine.runAndWait()
        if self._errors:
            raise SpeechError(f"eSpeak NG failed: {self._errors[0]!r}", "try again")
        if not self._sounds or not self._sounds[-1].samples:
            raise SpeechError("eSpeak NG gave no sound", "try again")
        return self._sounds[-1]
