#!/usr/bin/env python3
"""Writes the conformance scenarios of docs/ea-protocol.md: frames and events in, actions out.

Everything expected is said here, by hand or by a few lines of Python that share nothing with either
implementation. Needs only the standard library: python3 generate.py
"""

import datetime
import hashlib
import hmac
import json
import pathlib

KEY = "a key for tests only"
ACCOUNT = "acc"
PAIR = "XAUUSD-XAGUSD"
SHOWN = {"XAUUSD-XAGUSD": "XAU/USD vs XAG/USD", "EURJPY-USDJPY": "EUR/JPY vs USD/JPY", "NZDUSD-AUDUSD": "NZD/USD vs AUD/USD"}
BAR = "2026-01-05T10:00:00Z"
MADE = "2026-01-05T10:01:00Z"
EXPIRES = "2026-01-05T10:02:00Z"
CONFIG = {"account": ACCOUNT, "key": KEY, "pairs": "XAUUSD-XAGUSD,EURJPY-USDJPY"}
QUOTES = {
    "XAUUSD": [2000, 2000.2, 100, 0.01, 0.01],
    "XAGUSD": [24.9, 25, 5000, 0.01, 0.01],
    "EURJPY": [160, 160.1, 700, 0.01, 0.01],
    "USDJPY": [150, 150.1, 700, 0.01, 0.01],
}
HERE = pathlib.Path(__file__).parent


def compact(document):
    return json.dumps(document, separators=(",", ":"))


def seal(document, key=KEY):
    text = document if isinstance(document, str) else compact(document)
    if not key:
        return text
    mac = hmac.new(key.encode(), text[:-1].encode(), hashlib.sha256).hexdigest()
    return text[:-1] + ',"mac":"' + mac + '"}'


def signal_id(seq):
    return "00000000-0000-0000-0000-%012x" % seq


def signal_members(seq, action, pair=PAIR, epoch=1, expires=EXPIRES, bar=BAR, sides=("SELL", "BUY"), mode="live",
                   weights=(0.5, 0.5), scale=0.5, risk=0, ident=None):
    symbols = pair.split("-")
    entry = {
        "HOLD": "HOLD",
        "EXIT": ", ".join("CLOSE_" + one for one in symbols),
        "ENTER": ", ".join(side + "_" + one for side, one in zip(sides, symbols)),
    }[action]
    legs = [] if action == "HOLD" else [
        {"symbol": one, "side": side, "weight": weight} for one, side, weight in zip(symbols, sides, weights)]
    return {
        "timestamp": MADE, "pair": SHOWN[pair], "z_score": 2.1, "return_prob": 0.8, "risk_score": 0.1, "entry": entry,
        "confidence": 0.8, "risk_flag": risk, "theta1": 0.7, "theta2": 0.3, "position_scale": scale,
        "signal_id": ident or signal_id(seq), "seq": seq, "epoch": epoch, "action": action, "legs": legs,
        "model_version": "20260101_0000", "policy_hash": "p", "leverage_reduction": 0.5, "bar_ts": bar,
        "expires_at": expires, "interval": "PT1M", "mode": mode, "reason": "test",
    }


def signal(seq, action, **more):
    return seal(signal_members(seq, action, **more))


def heartbeat(tip, at, epoch=1, state="ACTIVE", market=None, mode="live"):
    return seal({"type": "heartbeat", "mode": mode, "tip": tip, "epoch": epoch, "state": state, "at": at,
                 "market_time": market or at})


def bulk(text):
    return "$%d\r\n%s\r\n" % (len(text), text)


def array(*items):
    return "*%d\r\n" % len(items) + "".join(items)


def push(text, channel="signals"):
    return array(bulk("message"), bulk(channel), bulk(text))


def beat(*arguments, **more):
    return push(heartbeat(*arguments, **more), "signals.heartbeat")


def entries(*pairs):
    return array(*(array(bulk(ident), array(bulk("json"), bulk(text))) for ident, text in pairs))


def log(*texts):
    return entries(*(("%d-0" % json.loads(text)["seq"], text) for text in texts))


def confirmed(name="signals"):
    return (array(bulk("subscribe"), bulk(name), ":1\r\n")
            + array(bulk("subscribe"), bulk(name + ".heartbeat"), ":2\r\n"))


SUBSCRIBED = confirmed()
PONG = array(bulk("pong"), bulk(""))
NOTHING = "*0\r\n"


def added(count):
    return bulk("1-0") * count


def plain(value):
    text = "%.8f" % value
    return text.rstrip("0").rstrip(".") if "." in text else text


def magic(seq, leg, kind="order"):
    return 700000000000000000 + seq * 100 + leg * 10 + (1 if kind == "unwind" else 0)


def when(text, millis=0):
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00")) + datetime.timedelta(milliseconds=millis)
    text = moment.strftime("%Y-%m-%dT%H:%M:%S")
    return text + (".%03dZ" % (moment.microsecond // 1000) if moment.microsecond else "Z")


def fill(seq, leg, side, lots, price, ticket, at=MADE, retcode=10009, pair=PAIR):
    return ('{"account":"%s","signal_seq":%d,"pair":"%s","symbol":"%s","side":"%s","lots":%s,"price":%s,'
            '"deal_ticket":%d,"filled_at":"%s","retcode":%d}'
            % (ACCOUNT, seq, pair, pair.split("-")[leg], side, plain(lots), plain(price), ticket, at, retcode))


def refusal(seq, leg, side, retcode, kind="order", pair=PAIR):
    return fill(seq, leg, side, 0, 0, magic(seq, leg, kind), retcode=retcode, pair=pair)


def ack(seq, action, outcome, reason, legs, at, epoch=1, pair=PAIR, key=KEY):
    """legs: (outcome, signed lots) for each."""
    listed = ",".join('{"leg":%d,"symbol":"%s","outcome":"%s","lots":%s}' % (i, pair.split("-")[i], one[0], plain(one[1]))
                      for i, one in enumerate(legs))
    return seal('{"account":"%s","signal_seq":%d,"signal_id":"%s","epoch":%d,"pair":"%s","action":"%s","outcome":"%s",'
                '"reason":"%s","legs":[%s],"at":%s}'
                % (ACCOUNT, seq, signal_id(seq), epoch, pair, action, outcome, reason, listed,
                   '"%s"' % at if at else "null"), key)


def intent_line(seq, action, lots, epoch=1, expires=EXPIRES, pair=PAIR):
    legs = ",".join('{"symbol":"%s","lots":%s}' % (one, plain(lot)) for one, lot in zip(pair.split("-"), lots))
    return ('{"seq":%d,"signal_id":"%s","epoch":%d,"pair":"%s","action":"%s","expires_at":"%s","legs":[%s]}'
            % (seq, signal_id(seq), epoch, pair, action, expires, legs))


def order_line(seq, leg, lots, kind="order", pair=PAIR):
    return ('{"seq":%d,"pair":"%s","leg":%d,"kind":"%s","symbol":"%s","lots":%s}'
            % (seq, pair, leg, kind, pair.split("-")[leg], plain(lots)))


def deals_line(seq, leg, *fills, kind="order", pair=PAIR):
    return '{"seq":%d,"pair":"%s","leg":%d,"kind":"%s","deals":[%s]}' % (seq, pair, leg, kind, ",".join(fills))


def ack_line(seq, text):
    return '{"seq":%d,"ack":%s}' % (seq, text)


def progress_line(seq, epoch=1, ident=True):
    return '{"seq":%d,%s"epoch":%d}' % (seq, '"signal_id":"%s",' % signal_id(seq) if ident else "", epoch)


def adopt_line(symbol, lots, why="closed elsewhere", pair=PAIR):
    return '{"adopt":"%s","pair":"%s","symbol":"%s","lots":%s}' % (why, pair, symbol, plain(lots))


def positions(last=0, at=None, journal=(), broker=None, difference="", key=KEY):
    held = ",".join('{"pair":"%s","symbol":"%s","lots":%s}' % (p, s, plain(lots)) for p, s, lots in journal)
    there = "null" if broker is None else "[%s]" % ",".join(
        '{"symbol":"%s","lots":%s}' % (s, plain(lots)) for s, lots in broker)
    return seal('{"account":"%s","last_seq":%d,"at":%s,"journal":[%s],"broker":%s,"difference":"%s"}'
                % (ACCOUNT, last, '"%s"' % at if at else "null", held, there, difference), key)


def order(seq, leg, lots, kind="order", pair=PAIR):
    return "order %d %d %s %s %s %s %d" % (seq, leg, kind, "BUY" if lots > 0 else "SELL", pair.split("-")[leg],
                                          plain(abs(lots)), magic(seq, leg, kind))


def lookup(seq, leg, kind="order", pair=PAIR):
    return "lookup %d %d %s %s %d" % (seq, leg, kind, pair.split("-")[leg], magic(seq, leg, kind))


def ordered(seq, leg, lots, kind="order", pair=PAIR):
    """Journal, then order."""
    return ["journal " + order_line(seq, leg, lots, kind, pair), order(seq, leg, lots, kind, pair)]


def xadd(stream, text):
    return "send commands XADD %s * json %s" % (stream, text)


def xrange(first, stream="signals.log"):
    return "send commands XRANGE %s %d-0 + COUNT 100" % (stream, first)


LOOK_BACK = ["send commands XREVRANGE fills + - COUNT 512", "send commands XREVRANGE acks + - COUNT 512"]
LOST = ["close signals", "close commands"]


class Scenario:
    def __init__(self, name):
        self.name = name
        self.steps = []
        self.now = 0

    def do(self, what, out=(), **more):
        self.steps.append({"do": what, "now": self.now, **more, "out": list(out)})
        return self

    def at(self, now):
        self.now = now
        return self

    def start(self, out=(), config=None, journal=(), sockets=True, quotes=True, **more):
        connect = ["connect signals", "connect commands"] if sockets else []
        if quotes:
            more["quotes"] = QUOTES
        return self.do("start", list(out) + connect, config={**CONFIG, **(config or {})}, journal=list(journal), **more)

    def signals(self, text, out=()):
        return self.do("bytes", out, socket="signals", text=text)

    def commands(self, text, out=()):
        return self.do("bytes", out, socket="commands", text=text)

    def subscribed(self, report, found=(NOTHING, NOTHING), resent=()):
        """From connecting to waiting for a heartbeat."""
        self.do("connected", ["send signals SUBSCRIBE signals signals.heartbeat"], socket="signals")
        self.do("connected", [], socket="commands")
        self.signals(SUBSCRIBED, LOOK_BACK)
        self.commands(found[0])
        return self.commands(found[1], list(resent) + [xadd("positions", report)])

    def listening(self, first=1, tip=0, report=None, at=MADE, found=(NOTHING, NOTHING), resent=(), page=NOTHING):
        """The usual beginning: connected, a heartbeat heard, the log read; then what was kept is sent again."""
        self.subscribed(report or positions(), found).commands(added(1))
        self.signals(beat(tip, at), [xrange(first)])
        return self.commands(page, resent).commands(added(len(resent)))

    def result(self, seq, leg, deals, out=(), kind="order", retcode=10009, at=MADE):
        return self.do("result", out, seq=seq, leg=leg, kind=kind, retcode=retcode, at=at, deals=[list(one) for one in deals])

    def entered(self, seq, sides=("SELL", "BUY"), lots=(0.13, 0.2), tickets=(11, 12)):
        """A pushed entry whose legs are both filled."""
        signed = [lot if side == "BUY" else -lot for side, lot in zip(sides, lots)]
        first = fill(seq, 0, sides[0], lots[0], 2000, tickets[0])
        second = fill(seq, 1, sides[1], lots[1], 25, tickets[1])
        answer = ack(seq, "ENTER", "FILLED", "", [("FILLED", signed[0]), ("FILLED", signed[1])], self.clock())
        self.signals(push(signal(seq, "ENTER", sides=sides)),
                     ["journal " + intent_line(seq, "ENTER", signed)] + ordered(seq, 0, signed[0]))
        self.result(seq, 0, [(tickets[0], lots[0], 2000, 10009)],
                    ["journal " + deals_line(seq, 0, first)] + ordered(seq, 1, signed[1]) + [xadd("fills", first)])
        self.result(seq, 1, [(tickets[1], lots[1], 25, 10009)],
                    ["journal " + deals_line(seq, 1, second), "journal " + ack_line(seq, answer),
                     xadd("fills", second), xadd("acks", answer)])
        return self.commands(added(3))

    def exited(self, seq, lots=(0.13, 0.2), tickets=(21, 22), **more):
        """A pushed exit of what entered() opened."""
        first = fill(seq, 0, "BUY", lots[0], 2001, tickets[0])
        second = fill(seq, 1, "SELL", lots[1], 24, tickets[1])
        answer = ack(seq, "EXIT", "FILLED", "", [("FILLED", lots[0]), ("FILLED", -lots[1])], self.clock())
        expires = more.get("expires", EXPIRES)
        self.signals(push(signal(seq, "EXIT", **more)),
                     ["journal " + intent_line(seq, "EXIT", (lots[0], -lots[1]), expires=expires)] + ordered(seq, 0, lots[0]))
        self.result(seq, 0, [(tickets[0], lots[0], 2001, 10009)],
                    ["journal " + deals_line(seq, 0, first)] + ordered(seq, 1, -lots[1]) + [xadd("fills", first)])
        self.result(seq, 1, [(tickets[1], lots[1], 24, 10009)],
                    ["journal " + deals_line(seq, 1, second), "journal " + ack_line(seq, answer),
                     xadd("fills", second), xadd("acks", answer)])
        return self.commands(added(3))

    def refused(self, text, seq, outcome, reason, action="ENTER", pair=PAIR, clock=True, epoch=1):
        """A pushed signal that is answered without an order."""
        answer = ack(seq, action, outcome, reason, [(outcome, 0), (outcome, 0)], self.clock() if clock else None,
                     pair=pair, epoch=epoch)
        self.signals(push(text), ["journal " + ack_line(seq, answer), xadd("acks", answer)])
        return self.commands(added(1))

    def clock(self):
        return when(MADE, self.now)

    def count(self, malformed=0, stale=0, duplicates=0, received=0):
        return self.do("count", ["malformed %d stale %d duplicates %d received %d" % (malformed, stale, duplicates, received)])

    def write(self):
        lines = [json.dumps(step, separators=(", ", ": ")) for step in self.steps]
        (HERE / (self.name + ".jsonl")).write_text("\n".join(lines) + "\n", encoding="ascii")


def basics():
    s = Scenario("happy-path").start().listening()
    s.entered(1)
    s.signals(push(signal(2, "HOLD")))
    s.exited(3)
    s.at(1000).do("tick", ["send signals PING", xrange(4)])
    s.signals(PONG).commands(NOTHING)
    s.do("end").count(received=3).write()

    s = Scenario("login").start(config={"user": "advisor", "password": "s3cret", "database": 3, "prefix": "t."})
    login = ["AUTH advisor s3cret", "SELECT 3"]
    s.do("connected", ["send commands " + one for one in login], socket="commands")
    s.do("connected", ["send signals " + one for one in login] + ["send signals SUBSCRIBE t.signals t.signals.heartbeat"],
         socket="signals")
    s.signals("+OK\r\n+OK\r\n" + confirmed("t.signals"))
    s.commands("+OK\r\n+OK\r\n", ["send commands XREVRANGE t.fills + - COUNT 512", "send commands XREVRANGE t.acks + - COUNT 512"])
    s.commands(NOTHING + NOTHING, [xadd("t.positions", positions())])
    s.signals(push(heartbeat(0, MADE), "t.signals.heartbeat"), [xrange(1, "t.signals.log")])
    s.signals("-NOAUTH Authentication required.\r\n", LOST).write()

    s = Scenario("password-refused").start(config={"password": "guess"})
    s.do("connected", ["send signals AUTH guess", "send signals SUBSCRIBE signals signals.heartbeat"], socket="signals")
    s.do("connected", ["send commands AUTH guess"], socket="commands")
    s.signals("-WRONGPASS invalid username-password pair or user is disabled.\r\n", LOST)
    s.at(249).do("tick")
    s.at(250).do("tick", ["connect signals", "connect commands"]).write()

    s = Scenario("shadow").start(config={"mode": "shadow"})
    s.do("connected", ["send signals SUBSCRIBE signals.shadow signals.shadow.heartbeat"], socket="signals")
    s.do("connected", [], socket="commands").signals(confirmed("signals.shadow"), LOOK_BACK)
    s.commands(NOTHING + NOTHING, [xadd("positions", positions())])
    s.signals(push(heartbeat(0, MADE, mode="shadow"), "signals.shadow.heartbeat"), [xrange(1, "signals.shadow.log")])
    s.commands(added(1) + NOTHING)
    s.signals(push(signal(1, "ENTER"), "signals.shadow"))
    s.count(malformed=1).write()

    s = Scenario("held-already").start().listening().entered(1)
    s.refused(signal(2, "ENTER"), 2, "FILLED", "held already")
    s.refused(signal(3, "ENTER", sides=("BUY", "SELL")), 3, "BLOCKED", "held otherwise")
    s.exited(4)
    s.refused(signal(5, "EXIT"), 5, "FILLED", "not held", action="EXIT").write()


def delivery():
    s = Scenario("duplicate").start().listening().entered(1)
    s.signals(push(signal(1, "ENTER")) * 3)
    s.at(1000).do("tick", ["send signals PING", xrange(2)])
    s.commands(log(signal(1, "ENTER")))
    s.count(duplicates=3, received=1).write()

    s = Scenario("gap-and-replay").start().listening()
    s.signals(push(signal(3, "EXIT")), [xrange(1)])
    # What is pushed meanwhile is in the log's next page at the latest.
    s.signals(push(signal(4, "HOLD")))
    first = fill(1, 0, "SELL", 0.13, 2000, 11)
    second = fill(1, 1, "BUY", 0.2, 25, 12)
    entered = ack(1, "ENTER", "FILLED", "", [("FILLED", -0.13), ("FILLED", 0.2)], s.clock())
    s.commands(log(signal(1, "ENTER"), signal(2, "HOLD"), signal(3, "EXIT")),
               ["journal " + intent_line(1, "ENTER", (-0.13, 0.2))] + ordered(1, 0, -0.13))
    s.result(1, 0, [(11, 0.13, 2000, 10009)], ["journal " + deals_line(1, 0, first)] + ordered(1, 1, 0.2) + [xadd("fills", first)])
    # One signal at a time: the exit is taken up when the entry is answered.
    s.result(1, 1, [(12, 0.2, 25, 10009)],
             ["journal " + deals_line(1, 1, second), "journal " + ack_line(1, entered), "journal " + intent_line(3, "EXIT", (0.13, -0.2))]
             + ordered(3, 0, 0.13) + [xadd("fills", second), xadd("acks", entered)])
    third = fill(3, 0, "BUY", 0.13, 2001, 21)
    fourth = fill(3, 1, "SELL", 0.2, 24, 22)
    exited = ack(3, "EXIT", "FILLED", "", [("FILLED", 0.13), ("FILLED", -0.2)], s.clock())
    s.result(3, 0, [(21, 0.13, 2001, 10009)], ["journal " + deals_line(3, 0, third)] + ordered(3, 1, -0.2) + [xadd("fills", third)])
    s.result(3, 1, [(22, 0.2, 24, 10009)],
             ["journal " + deals_line(3, 1, fourth), "journal " + ack_line(3, exited), xrange(4), xadd("fills", fourth), xadd("acks", exited)])
    s.commands(added(4) + log(signal(4, "HOLD")) + added(2))
    s.signals(push(signal(5, "HOLD")))
    s.count(received=5).write()

    s = Scenario("gap-told-by-heartbeat").start().listening()
    s.at(1000).signals(beat(2, when(MADE, 1000)), [xrange(1)])
    s.commands(log(signal(1, "HOLD"), signal(2, "HOLD")))
    s.at(2000).signals(beat(2, when(MADE, 2000)))
    s.count(received=2).write()

    s = Scenario("log-lost-and-rebuilt").start().listening()
    s.signals(push(signal(1, "HOLD")))
    s.signals(push(signal(4, "HOLD")), [xrange(2)]).commands(NOTHING)
    s.at(1000).signals(beat(4, when(MADE, 1000)), [xrange(2)]).commands(NOTHING)
    s.at(2000).signals(beat(4, when(MADE, 2000)), [xrange(2)])
    s.commands(log(signal(2, "HOLD"), signal(3, "HOLD"), signal(4, "HOLD")))
    s.count(received=4).write()

    s = Scenario("two-pages").start()
    s.subscribed(positions()).commands(added(1)).signals(beat(103, MADE), [xrange(1)])
    s.commands(log(*(signal(seq, "HOLD") for seq in range(1, 101))), [xrange(101)])
    s.commands(log(*(signal(seq, "HOLD") for seq in range(101, 104))))
    s.at(1000).do("tick", ["send signals PING", xrange(104), "journal " + progress_line(103)])
    s.count(received=103).write()

    s = Scenario("reconnect").start().listening().entered(1)
    s.do("lost", LOST, socket="commands")
    s.at(100).do("tick")
    s.at(300).do("tick", ["connect signals", "connect commands"])
    s.do("lost", LOST, socket="signals")
    s.at(600).do("tick", ["connect signals", "connect commands"])
    answer = ack(1, "ENTER", "FILLED", "", [("FILLED", -0.13), ("FILLED", 0.2)], when(MADE, 0))
    first = fill(1, 0, "SELL", 0.13, 2000, 11)
    second = fill(1, 1, "BUY", 0.2, 25, 12)
    report = positions(1, when(MADE, 600), [(PAIR, "XAUUSD", -0.13), (PAIR, "XAGUSD", 0.2)])
    # Redis lost the second fill and the answer; they are sent again as they were.
    s.listening(first=1, tip=1, report=report, at=when(MADE, 600), found=(entries(("9-0", first)), NOTHING),
                resent=[xadd("fills", second), xadd("acks", answer)], page=log(signal(1, "ENTER")))
    s.exited(2).count(received=2).write()

    s = Scenario("half-open").start().listening()
    for second in range(1, 6):
        s.at(second * 1000).do("tick", (["send signals PING"] if second == 1 else []) + [xrange(1)])
        s.commands(NOTHING)
    s.at(5001).do("tick", LOST)
    s.at(5251).do("tick", ["connect signals", "connect commands"])
    s.at(10252).do("tick", LOST).write()

    s = Scenario("not-redis").start()
    s.do("connected", ["send signals SUBSCRIBE signals signals.heartbeat"], socket="signals")
    s.do("connected", [], socket="commands")
    s.signals("HTTP/1.1 400 Bad Request\r\n", LOST).write()

    for name, text in [("bulk-too-long", "*3\r\n$7\r\nmessage\r\n$7\r\nsignals\r\n$65537\r\n"),
                       ("list-too-long", "*8193\r\n"), ("negative-length", "$-2\r\n"),
                       ("nested-too-deep", "*1\r\n" * 7), ("length-not-plain", "$+5\r\nhello\r\n"),
                       ("bulk-too-short", "$3\r\nhello\r\n"), ("line-too-long", "+" + "x" * 600)]:
        s = Scenario("resp-" + name).start().listening()
        s.signals(text, LOST).write()


    # What nobody asked for is no answer to anything.
    for name, text in [("ok", "+OK\r\n"), ("number", ":1\r\n"), ("null", "$-1\r\n"), ("empty", NOTHING), ("pong", PONG),
                       ("subscribe", array(bulk("subscribe"), bulk("signals"), ":1\r\n")),
                       ("other-channel", push(signal(1, "ENTER"), "news")),
                       ("short", array(bulk("message"), bulk("signals"))),
                       ("pattern", array(bulk("pmessage"), bulk("*"), bulk("signals"), bulk(signal(1, "ENTER"))))]:
        s = Scenario("unasked-" + name).start().listening()
        s.signals(text + push(signal(1, "ENTER")), LOST).at(250).do("tick", ["connect signals", "connect commands"]).write()

    s = Scenario("unasked-confirmation").start()
    s.do("connected", ["send signals SUBSCRIBE signals signals.heartbeat"], socket="signals")
    s.do("connected", [], socket="commands").signals(confirmed("other.signals"), LOST).write()

    s = Scenario("unasked-reply").start().listening()
    s.commands(added(1), LOST).write()

    s = Scenario("reply-of-another-kind").start().subscribed(positions()).commands("+QUEUED\r\n", LOST).write()

    s = Scenario("page-too-large").start().subscribed(positions()).commands(added(1)).signals(beat(300, MADE), [xrange(1)])
    s.commands(log(*(signal(seq, "HOLD") for seq in range(1, 102))), LOST).count(received=0).write()

    s = Scenario("look-back-too-large").start()
    s.do("connected", ["send signals SUBSCRIBE signals signals.heartbeat"], socket="signals")
    s.do("connected", [], socket="commands").signals(SUBSCRIBED, LOOK_BACK)
    s.commands(entries(*(("%d-0" % n, "{}") for n in range(1, 514))), LOST).write()

    s = Scenario("replies-out-of-order").start().listening()
    s.signals(push(signal(2, "HOLD")), [xrange(1)])
    s.commands(added(1), LOST)
    s.at(250).do("tick", ["connect signals", "connect commands"]).write()


def judgement():
    s = Scenario("expired-entry").start().listening(at=when(EXPIRES, 0))
    # At its expiry still, a millisecond later no more.
    s.signals(push(signal(1, "ENTER")), ["journal " + intent_line(1, "ENTER", (-0.13, 0.2))] + ordered(1, 0, -0.13))
    s.write()
    s = Scenario("expired-entry-by-a-millisecond").start().listening(at=EXPIRES).at(1)
    answer = ack(1, "ENTER", "EXPIRED", "expired", [("EXPIRED", 0)] * 2, when(EXPIRES, 1))
    s.signals(push(signal(1, "ENTER")), ["journal " + ack_line(1, answer), xadd("acks", answer)]).write()

    s = Scenario("exit-after-expiry").start().listening().entered(1)
    s.at(1000).signals(beat(1, when(MADE, 1000)))
    s.exited(2, expires="2026-01-05T10:00:30Z").write()

    s = Scenario("clock-skew").start().at(77_000_000)
    # The terminal's own clock stands anywhere; a late heartbeat does not set market time back.
    s.subscribed(positions()).commands(added(1))
    s.steps[0]["out"] = ["connect signals", "connect commands"]
    s.signals(beat(0, "2026-01-05T10:01:59Z"), [xrange(1)]).commands(NOTHING)
    s.at(77_000_900).signals(beat(0, "2026-01-05T10:01:59.100Z"))
    answer = ack(1, "ENTER", "EXPIRED", "expired", [("EXPIRED", 0)] * 2, "2026-01-05T10:02:00.001Z")
    s.at(77_001_001).signals(push(signal(1, "ENTER")), ["journal " + ack_line(1, answer), xadd("acks", answer)]).write()

    s = Scenario("slow-line").start().listening(at="2026-01-05T10:01:50Z")
    # Everything comes five seconds late. The heartbeat seems fresh, but a ping takes as long to return.
    s.at(1000).do("tick", ["send signals PING", xrange(1)]).commands(NOTHING)
    s.at(4900).commands("")
    s.at(5000).signals(beat(0, "2026-01-05T10:01:55Z"))
    s.at(6000).signals(PONG)
    answer = ack(1, "ENTER", "EXPIRED", "expired", [("EXPIRED", 0)] * 2, "2026-01-05T10:02:01Z")
    s.signals(push(signal(1, "ENTER")), ["journal " + ack_line(1, answer), xadd("acks", answer)]).write()

    s = Scenario("no-heartbeat").start().subscribed(positions()).commands(added(1))
    # Exits must not wait for ever for a heartbeat; entries do not go without one.
    s.at(2999).do("tick", ["send signals PING"])
    s.at(3000).do("tick", [xrange(1)])
    answer = ack(1, "ENTER", "BLOCKED", "no heartbeat", [("BLOCKED", 0)] * 2, None)
    gone = ack(2, "EXIT", "FILLED", "not held", [("FILLED", 0)] * 2, None)
    s.commands(log(signal(1, "ENTER"), signal(2, "EXIT")),
               ["journal " + ack_line(1, answer), "journal " + ack_line(2, gone), xadd("acks", answer), xadd("acks", gone)])
    s.write()

    s = Scenario("heartbeats-stop").start().listening()
    for second in range(1, 6):
        s.at(second * 1000).do("tick", ["send signals PING", xrange(1)]).signals(PONG).commands(NOTHING)
    s.at(5001).refused(signal(1, "ENTER"), 1, "BLOCKED", "no heartbeat", clock=False)
    s.signals(beat(1, when(MADE, 5001)))
    s.refused(signal(2, "EXIT"), 2, "FILLED", "not held", action="EXIT").write()

    for state in ("HALTED", "REDUCING"):
        s = Scenario(state.lower()).start().listening().entered(1)
        s.at(500).signals(beat(1, when(MADE, 500), state=state))
        s.refused(signal(2, "ENTER", pair="EURJPY-USDJPY"), 2, "BLOCKED", state.lower(), pair="EURJPY-USDJPY")
        s.exited(3)
        s.at(600).signals(beat(3, when(MADE, 600)))
        s.entered(4, tickets=(41, 42)).write()

    s = Scenario("halted-between-legs").start().listening()
    s.signals(push(signal(1, "ENTER")), ["journal " + intent_line(1, "ENTER", (-0.13, 0.2))] + ordered(1, 0, -0.13))
    # Frames wait while an order is out: the heartbeat is read when it is answered.
    s.at(500).signals(beat(1, when(MADE, 500), state="HALTED"))
    first = fill(1, 0, "SELL", 0.13, 2000, 11)
    s.result(1, 0, [(11, 0.13, 2000, 10009)], ["journal " + deals_line(1, 0, first)] + ordered(1, 1, 0.2) + [xadd("fills", first)])
    s.write()

    s = Scenario("unknown-pair").start().listening()
    s.refused(signal(1, "ENTER", pair="NZDUSD-AUDUSD"), 1, "BLOCKED", "unknown pair", pair="NZDUSD-AUDUSD")
    s.refused(signal(2, "EXIT", pair="NZDUSD-AUDUSD"), 2, "BLOCKED", "unknown pair", pair="NZDUSD-AUDUSD", action="EXIT")
    s.entered(3).write()

    s = Scenario("superseded").start().subscribed(positions()).commands(added(1)).signals(beat(3, MADE), [xrange(1)])
    later = "2026-01-05T10:01:00Z"
    gone = ack(1, "ENTER", "SUPERSEDED", "superseded", [("SUPERSEDED", 0)] * 2, MADE)
    none = ack(3, "EXIT", "FILLED", "not held", [("FILLED", 0)] * 2, MADE)
    s.commands(log(signal(1, "ENTER"), signal(2, "HOLD"), signal(3, "EXIT", bar=later)),
               ["journal " + ack_line(1, gone), "journal " + ack_line(3, none), xadd("acks", gone), xadd("acks", none)])
    s.write()

    limits = [
        ("risk-flag", {}, {}, signal(1, "ENTER", risk=1), "risk flag"),
        ("lots", {"max_lots": 0.19}, {}, signal(1, "ENTER"), "too many lots"),
        ("equity", {"min_equity": 90000}, {"equity": 89999}, signal(1, "ENTER"), "equity below the limit"),
        ("pairs", {"max_pairs": 0}, {}, signal(1, "ENTER"), "too many pairs"),
        ("quote", {}, {"quotes": False}, signal(1, "ENTER"), "no quote"),
    ]
    for name, config, more, text, reason in limits:
        s = Scenario("limit-" + name).start(config=config, **more).listening()
        s.refused(text, 1, "BLOCKED", reason).write()

    s = Scenario("limit-entries").start(config={"max_entries": 2}).listening()
    s.entered(1).exited(2).entered(3, tickets=(31, 32)).exited(4, tickets=(41, 42))
    s.refused(signal(5, "ENTER"), 5, "BLOCKED", "too many entries").write()

    s = Scenario("positions-differ").start(broker={"XAUUSD": -0.05}).listening(
        report=positions(0, None, [], [("XAUUSD", -0.05)], "XAUUSD: journal 0, broker -0.05"))
    s.refused(signal(1, "ENTER"), 1, "BLOCKED", "positions differ")
    s.do("broker", lots={})
    s.entered(2).write()

    s = Scenario("closed-elsewhere").start(broker={}).listening(report=positions(0, None, [], [])).entered(1)
    # By hand: all of the gold, half of the silver. What is left is closed, and no more than that.
    s.do("broker", lots={"XAGUSD": 0.1})
    fourth = fill(2, 1, "SELL", 0.1, 24, 22)
    answer = ack(2, "EXIT", "FILLED", "", [("FILLED", 0), ("FILLED", -0.1)], s.clock())
    s.signals(push(signal(2, "EXIT")),
              ["journal " + adopt_line("XAUUSD", 0), "journal " + adopt_line("XAGUSD", 0.1),
               "journal " + intent_line(2, "EXIT", (0, -0.1))] + ordered(2, 1, -0.1))
    s.result(2, 1, [(22, 0.1, 24, 10009)], ["journal " + deals_line(2, 1, fourth), "journal " + ack_line(2, answer),
                                            xadd("fills", fourth), xadd("acks", answer)])
    s.commands(added(2)).entered(3, tickets=(31, 32)).write()

    s = Scenario("adopted").start(broker={"XAUUSD": -0.05}).listening(
        report=positions(0, None, [], [("XAUUSD", -0.05)], "XAUUSD: journal 0, broker -0.05"))
    s.do("adopt", ["journal " + adopt_line("XAUUSD", -0.05, "by the operator")], why="by the operator", pair=PAIR, symbol="XAUUSD", lots=-0.05)
    first = fill(1, 0, "BUY", 0.05, 2001, 21)
    answer = ack(1, "EXIT", "FILLED", "", [("FILLED", 0.05), ("FILLED", 0)], s.clock())
    s.signals(push(signal(1, "EXIT")), ["journal " + intent_line(1, "EXIT", (0.05, 0))] + ordered(1, 0, 0.05))
    s.result(1, 0, [(21, 0.05, 2001, 10009)], ["journal " + deals_line(1, 0, first), "journal " + ack_line(1, answer),
                                              xadd("fills", first), xadd("acks", answer)]).write()


def forgeries():
    good = signal_members(1, "ENTER")
    text = compact(good)

    def with_member(**more):
        return seal({**good, **more})

    bad = {
        "wrong-mac": seal(text, "another key for tests"),
        "no-mac": text,
        "mac-cut": signal(1, "ENTER")[:-3] + '"}',
        "mac-in-capitals": signal(1, "ENTER")[:-66] + signal(1, "ENTER")[-66:-2].upper() + '"}',
        "changed-after-sealing": signal(1, "ENTER").replace('"position_scale":0.5', '"position_scale":0.9'),
        "after-the-mac": signal(1, "ENTER") + " ",
        "duplicate-key": seal(text[:-1] + ',"seq":1}'),
        "duplicate-key-in-leg": seal(text.replace('"side":"SELL"', '"side":"SELL","side":"SELL"')),
        "huge-number": seal(text.replace('"z_score":2.1', '"z_score":1e999')),
        "long-number": seal(text.replace('"z_score":2.1', '"z_score":2.' + "1" * 40)),
        "huge-seq": seal(text.replace('"seq":1', '"seq":99999999999999999999')),
        "seq-zero": with_member(seq=0),
        "seq-negative": with_member(seq=-1),
        "seq-text": with_member(seq="1"),
        "seq-fraction": seal(text.replace('"seq":1', '"seq":1.0')),
        "weight-above-one": with_member(legs=[{"symbol": "XAUUSD", "side": "SELL", "weight": 1.5}, {"symbol": "XAGUSD", "side": "BUY", "weight": 0.5}]),
        "weight-zero": with_member(legs=[{"symbol": "XAUUSD", "side": "SELL", "weight": 0}, {"symbol": "XAGUSD", "side": "BUY", "weight": 0.5}]),
        "scale-above-one": with_member(position_scale=1.01),
        "scale-not-a-number": with_member(position_scale="0.5"),
        "legs-of-another-pair": with_member(legs=[{"symbol": "EURJPY", "side": "SELL", "weight": 0.5}, {"symbol": "XAGUSD", "side": "BUY", "weight": 0.5}]),
        "legs-not-as-entry": with_member(entry="BUY_XAUUSD, SELL_XAGUSD"),
        "three-legs": with_member(legs=good["legs"] + [{"symbol": "EURJPY", "side": "BUY", "weight": 0.1}]),
        "one-leg": with_member(legs=good["legs"][:1]),
        "hold-with-legs": with_member(action="HOLD"),
        "unknown-action": with_member(action="DOUBLE"),
        "unknown-side": with_member(legs=[{"symbol": "XAUUSD", "side": "HOLD", "weight": 0.5}, {"symbol": "XAGUSD", "side": "BUY", "weight": 0.5}]),
        "pair-of-one": with_member(pair="XAU/USD vs XAU/USD"),
        "no-pair": with_member(pair="XAU/USD"),
        "no-such-day": with_member(expires_at="2026-02-30T10:00:00Z"),
        "no-zone": with_member(expires_at="2026-01-05T10:02:00"),
        "other-mode": with_member(mode="shadow"),
        "bad-id": with_member(signal_id="1"),
        "white-space": seal(text.replace('"seq":1', '"seq": 1')),
        "escape": seal(text.replace('"reason":"test"', '"reason":"te\\u0073t"')),
        "not-ascii": seal(text.replace('"reason":"test"', '"reason":"t\x7f"')),
        "too-long": seal(text[:-1] + ',"note":"' + "x" * 600 + '"}'),
        "five-levels": seal(text[:-1] + ',"new":[[[[1]]]]}'),
        "a-list": seal("[" + text + "]"),
        "empty": "",
        "cut": text[:-40],
    }
    s = Scenario("refused-messages").start().listening()
    for one in bad.values():
        s.signals(push(one))
    s.count(malformed=len(bad)).entered(1).count(malformed=len(bad), received=1).write()

    s = Scenario("unknown-members").start().listening()
    more = seal(text[:-1] + ',"broker":null,"new":{"list":[[1],-2.5,true,"x"]}}')
    s.signals(push(more), ["journal " + intent_line(1, "ENTER", (-0.13, 0.2))] + ordered(1, 0, -0.13)).write()

    s = Scenario("refused-in-the-log").start().subscribed(positions()).commands(added(1)).signals(beat(3, MADE), [xrange(1)])
    # What stands next in the log and cannot be read is passed over and counted; a number that is not the
    # next one does not lead past the signals before it.
    page = entries(("1-0", signal(1, "HOLD")), ("2-0", bad["wrong-mac"]), ("900-0", "rubbish"), ("3-0", signal(3, "HOLD")), ("4-0", signal(5, "HOLD")))
    s.commands(page)
    s.count(malformed=3, received=2)
    s.at(1000).do("tick", ["send signals PING", xrange(5), "journal " + progress_line(4, ident=False)]).write()

    s = Scenario("stale-epoch").start().listening()
    s.signals(beat(0, when(MADE, 1), epoch=3), LOOK_BACK)
    # A leader that lost its lease still publishes; only what the fenced log has counts.
    s.signals(push(signal(1, "ENTER", epoch=2)), [xrange(1)]).commands(NOTHING)
    s.commands(NOTHING, [xadd("positions", positions(0, when(MADE, 1)))]).commands(NOTHING).commands(added(1))
    s.signals(beat(5, when(MADE, 900), epoch=2))
    s.signals(push(signal(1, "HOLD", epoch=3)))
    s.signals(push(signal(2, "ENTER", epoch=2)), [xrange(2)])
    s.commands(log(signal(2, "ENTER", epoch=2), signal(3, "HOLD", epoch=3)))
    s.count(malformed=1, stale=3, received=2).write()

    s = Scenario("epoch-rises").start().listening()
    s.entered(1)
    first = fill(1, 0, "SELL", 0.13, 2000, 11)
    second = fill(1, 1, "BUY", 0.2, 25, 12)
    answer = ack(1, "ENTER", "FILLED", "", [("FILLED", -0.13), ("FILLED", 0.2)], MADE)
    # Redis was wiped under a connection that stood: what it has no more is sent again, and what is made meanwhile waits.
    s.signals(beat(1, when(MADE, 1), epoch=2), LOOK_BACK)
    other = "EURJPY-USDJPY"
    late = ack(2, "ENTER", "EXPIRED", "expired", [("EXPIRED", 0), ("EXPIRED", 0)], when(MADE, 1), epoch=2, pair=other)
    s.signals(push(signal(2, "ENTER", epoch=2, pair=other, expires=MADE)), ["journal " + ack_line(2, late)])
    s.at(1000).do("tick", ["send signals PING", xrange(3)])
    s.commands(entries(("1-0", first)))
    held = [(PAIR, "XAUUSD", -0.13), (PAIR, "XAGUSD", 0.2)]
    s.commands(NOTHING, [xadd("fills", second), xadd("acks", answer), xadd("acks", late),
                         xadd("positions", positions(2, when(MADE, 1001), held))])
    s.commands(NOTHING).commands(added(4)).signals(PONG)
    s.signals(beat(2, when(MADE, 1002), epoch=2))
    # It rises again before the streams were looked at: once more behind it.
    s.signals(beat(2, when(MADE, 1003), epoch=3), LOOK_BACK).signals(beat(2, when(MADE, 1004), epoch=4))
    found = entries(("1-0", first), ("1-1", second)), entries(("1-0", answer), ("1-1", late))
    again = xadd("positions", positions(2, when(MADE, 1004), held))
    s.commands(found[0]).commands(found[1], LOOK_BACK)
    s.commands(found[0]).commands(found[1], [again]).commands(added(1))
    s.count(received=2).write()

    s = Scenario("old-epoch-in-the-log").start().subscribed(positions()).commands(added(1))
    # Signals of earlier leaders are in the log by right.
    s.signals(beat(2, MADE, epoch=5), [xrange(1)])
    s.commands(log(signal(1, "HOLD", epoch=2), signal(2, "HOLD", epoch=4)))
    s.count(received=2).write()

    s = Scenario("heartbeats-refused").start().listening()
    s.signals(beat(0, when(MADE, 1000), state="HALTED"))
    s.signals(beat(0, when(MADE, 1000)))  # again
    s.signals(beat(0, when(MADE, 500)))   # an older one
    s.signals(push(compact({"type": "heartbeat", "mode": "live", "tip": 0, "epoch": 9, "state": "ACTIVE", "at": when(MADE, 2000),
                            "market_time": MADE}), "signals.heartbeat"))
    s.signals(beat(0, when(MADE, 3000), state="OPEN"))
    answer = ack(1, "ENTER", "BLOCKED", "halted", [("BLOCKED", 0)] * 2, when(MADE, 1000))
    s.signals(push(signal(1, "ENTER")), ["journal " + ack_line(1, answer), xadd("acks", answer)])
    s.count(malformed=2, stale=2, received=1).write()

    s = Scenario("other-history").start(journal=[progress_line(7)])
    s.subscribed(positions(7)).commands(added(1)).signals(beat(9, MADE), [xrange(7)])
    s.commands(log(signal(7, "HOLD", ident="00000000-0000-0000-1111-000000000007"), signal(8, "ENTER")),
               LOST + ["stop other signals than the journal's"])
    s.do("state", ["not listening, stopped"])
    s.at(5000).do("tick").signals(beat(9, when(MADE, 5000))).commands(NOTHING).do("connected", [], socket="signals")
    s.do("end").count(received=0).write()

    s = Scenario("other-history-pushed").start().listening()
    s.signals(push(signal(1, "HOLD")))
    s.signals(push(signal(1, "ENTER", ident="00000000-0000-0000-1111-000000000001")), LOST + ["stop other signals than the journal's"])
    s.write()

    s = Scenario("numbers-went-back").start(journal=[progress_line(7)])
    s.subscribed(positions(7)).commands(added(1)).signals(beat(3, MADE), [xrange(7)])
    s.commands(NOTHING).at(1000).signals(beat(3, when(MADE, 1000)))
    s.at(2000).signals(beat(3, when(MADE, 2000)), LOST + ["stop numbers went back"]).write()


def fills():
    s = Scenario("partial-fill").start().listening()
    # Half of the first leg: the second is ordered in proportion.
    s.signals(push(signal(1, "ENTER")), ["journal " + intent_line(1, "ENTER", (-0.13, 0.2))] + ordered(1, 0, -0.13))
    first = fill(1, 0, "SELL", 0.065, 2000, 11, retcode=10010)
    second = fill(1, 1, "BUY", 0.1, 25, 12)
    answer = ack(1, "ENTER", "PARTIAL", "", [("PARTIAL", -0.065), ("FILLED", 0.1)], s.clock())
    s.result(1, 0, [(11, 0.065, 2000, 10010)], ["journal " + deals_line(1, 0, first)] + ordered(1, 1, 0.1) + [xadd("fills", first)], retcode=10010)
    s.result(1, 1, [(12, 0.1, 25, 10009)], ["journal " + deals_line(1, 1, second), "journal " + ack_line(1, answer),
                                           xadd("fills", second), xadd("acks", answer)])
    s.commands(added(3)).exited(2, lots=(0.065, 0.1)).write()

    s = Scenario("several-deals").start().listening()
    s.signals(push(signal(1, "ENTER")), ["journal " + intent_line(1, "ENTER", (-0.13, 0.2))] + ordered(1, 0, -0.13))
    one = fill(1, 0, "SELL", 0.06, 2000, 11, retcode=10010)
    two = fill(1, 0, "SELL", 0.07, 1999.9, 12)
    s.result(1, 0, [(11, 0.06, 2000, 10010), (12, 0.07, 1999.9, 10009)],
             ["journal " + deals_line(1, 0, one, two)] + ordered(1, 1, 0.2) + [xadd("fills", one), xadd("fills", two)])
    # An answer to another order changes nothing.
    s.result(1, 0, [(13, 0.13, 2000, 10009)]).result(9, 1, [(14, 0.13, 2000, 10009)]).write()

    s = Scenario("first-leg-refused").start().listening()
    s.signals(push(signal(1, "ENTER")), ["journal " + intent_line(1, "ENTER", (-0.13, 0.2))] + ordered(1, 0, -0.13))
    none = refusal(1, 0, "SELL", 10006)
    answer = ack(1, "ENTER", "REJECTED", "", [("REJECTED", 0)] * 2, s.clock())
    s.result(1, 0, [], ["journal " + deals_line(1, 0, none), "journal " + ack_line(1, answer), xadd("fills", none), xadd("acks", answer)], retcode=10006)
    s.commands(added(2)).entered(2).write()

    s = Scenario("orphan-leg").start().listening()
    s.signals(push(signal(1, "ENTER")), ["journal " + intent_line(1, "ENTER", (-0.13, 0.2))] + ordered(1, 0, -0.13))
    first = fill(1, 0, "SELL", 0.13, 2000, 11)
    none = refusal(1, 1, "BUY", 10019)
    back = fill(1, 0, "BUY", 0.13, 2001, 13)
    answer = ack(1, "ENTER", "LEG_BREAK", "leg refused", [("LEG_BREAK", -0.13), ("REJECTED", 0)], s.clock())
    s.result(1, 0, [(11, 0.13, 2000, 10009)], ["journal " + deals_line(1, 0, first)] + ordered(1, 1, 0.2) + [xadd("fills", first)])
    s.result(1, 1, [], ["journal " + deals_line(1, 1, none)] + ordered(1, 0, 0.13, "unwind") + [xadd("fills", none)], retcode=10019)
    s.result(1, 0, [(13, 0.13, 2001, 10009)], ["journal " + deals_line(1, 0, back, kind="unwind"), "journal " + ack_line(1, answer),
                                              xadd("fills", back), xadd("acks", answer)], kind="unwind")
    s.commands(added(4)).entered(2, tickets=(21, 22)).write()

    s = Scenario("orphan-leg-stays").start().listening()
    # The market closed: the leg is taken back when it opens, under the same magic number.
    s.signals(push(signal(1, "ENTER")), ["journal " + intent_line(1, "ENTER", (-0.13, 0.2))] + ordered(1, 0, -0.13))
    s.result(1, 0, [(11, 0.13, 2000, 10009)], ["journal " + deals_line(1, 0, first)] + ordered(1, 1, 0.2) + [xadd("fills", first)])
    s.result(1, 1, [], ["journal " + deals_line(1, 1, none)] + ordered(1, 0, 0.13, "unwind") + [xadd("fills", none)], retcode=10019)
    closed = refusal(1, 0, "BUY", 10018, "unwind")
    s.result(1, 0, [], ["journal " + deals_line(1, 0, closed, kind="unwind"), "journal " + ack_line(1, answer),
                        xadd("fills", closed), xadd("acks", answer)], kind="unwind", retcode=10018)
    s.commands(added(4))
    s.refused(signal(2, "ENTER"), 2, "BLOCKED", "held otherwise")
    s.do("lost", LOST, socket="signals")
    s.at(29_999).do("tick", ["connect signals", "connect commands"])
    s.at(30_000).do("tick", ordered(1, 0, 0.13, "unwind"))
    s.result(1, 0, [], ["journal " + deals_line(1, 0, kind="unwind")], kind="unwind", retcode=10018)
    s.at(60_000).do("tick", ordered(1, 0, 0.13, "unwind") + LOST)
    s.result(1, 0, [(13, 0.13, 2001, 10009)], ["journal " + deals_line(1, 0, back, kind="unwind")], kind="unwind")
    s.at(90_000).do("tick", ["connect signals", "connect commands"]).write()

    s = Scenario("exit-refused").start().listening().entered(1)
    no = refusal(2, 0, "BUY", 10018)
    second = fill(2, 1, "SELL", 0.2, 24, 22)
    answer = ack(2, "EXIT", "PARTIAL", "", [("REJECTED", 0), ("FILLED", -0.2)], s.clock())
    s.signals(push(signal(2, "EXIT")), ["journal " + intent_line(2, "EXIT", (0.13, -0.2))] + ordered(2, 0, 0.13))
    s.result(2, 0, [], ["journal " + deals_line(2, 0, no)] + ordered(2, 1, -0.2) + [xadd("fills", no)], retcode=10018)
    s.result(2, 1, [(22, 0.2, 24, 10009)], ["journal " + deals_line(2, 1, second), "journal " + ack_line(2, answer),
                                           xadd("fills", second), xadd("acks", answer)])
    s.commands(added(3)).do("lost", LOST, socket="signals")
    s.at(30_000).do("tick", ordered(2, 0, 0.13) + ["connect signals", "connect commands"])
    late = fill(2, 0, "BUY", 0.13, 2002, 23)
    s.result(2, 0, [(23, 0.13, 2002, 10009)], ["journal " + deals_line(2, 0, late)]).write()

    s = Scenario("exit-in-parts").start().listening().entered(1)
    # The same order again has the same magic number: deals of before are told once more and not booked.
    part = fill(2, 0, "BUY", 0.06, 2001, 21, retcode=10010)
    answer = ack(2, "EXIT", "PARTIAL", "", [("PARTIAL", 0.06), ("FILLED", -0.2)], s.clock())
    s.signals(push(signal(2, "EXIT")), ["journal " + intent_line(2, "EXIT", (0.13, -0.2))] + ordered(2, 0, 0.13))
    s.result(2, 0, [(21, 0.06, 2001, 10010)], ["journal " + deals_line(2, 0, part)] + ordered(2, 1, -0.2) + [xadd("fills", part)], retcode=10010)
    s.result(2, 1, [(22, 0.2, 24, 10009)], ["journal " + deals_line(2, 1, second), "journal " + ack_line(2, answer),
                                           xadd("fills", second), xadd("acks", answer)])
    s.commands(added(3)).do("lost", LOST, socket="signals")
    s.at(30_000).do("tick", ordered(2, 0, 0.07) + ["connect signals", "connect commands"])
    s.result(2, 0, [(21, 0.06, 2001, 10009)], ["journal " + deals_line(2, 0)], retcode=10018)
    s.at(60_000).do("tick", ordered(2, 0, 0.07) + LOST)
    rest = fill(2, 0, "BUY", 0.07, 2002, 23)
    s.result(2, 0, [(23, 0.07, 2002, 10009), (21, 0.06, 2001, 10009), (23, 0.07, 2002, 10009)], ["journal " + deals_line(2, 0, rest)])
    s.at(90_000).do("tick", ["connect signals", "connect commands"]).write()

    parts = [intent_line(1, "ENTER", (-0.13, 0.2)), order_line(1, 0, -0.13), deals_line(1, 0, first), order_line(1, 1, 0.2),
             deals_line(1, 1, fill(1, 1, "BUY", 0.2, 25, 12)),
             ack_line(1, ack(1, "ENTER", "FILLED", "", [("FILLED", -0.13), ("FILLED", 0.2)], MADE)),
             intent_line(2, "EXIT", (0.13, -0.2)), order_line(2, 0, 0.13), deals_line(2, 0, part), order_line(2, 1, -0.2),
             deals_line(2, 1, second), ack_line(2, answer), order_line(2, 0, 0.07)]
    s = Scenario("restart-in-retry").start([lookup(2, 0)], journal=parts)
    # The broker knows only the deals of before: the order was never sent.
    s.result(2, 0, [(21, 0.06, 2001, 10009)], retcode=0)
    s.at(5001).do("tick", LOST)
    s.at(30_000).do("tick", ordered(2, 0, 0.07) + ["connect signals", "connect commands"])
    s.result(2, 0, [(23, 0.07, 2002, 10009), (21, 0.06, 2001, 10009)], ["journal " + deals_line(2, 0, rest)]).write()

    s = Scenario("restart-in-retry-sent").start([lookup(2, 0)], journal=parts)
    s.result(2, 0, [(23, 0.07, 2002, 10009), (21, 0.06, 2001, 10009)], ["journal " + deals_line(2, 0, rest)])
    s.at(5001).do("tick", LOST).at(30_000).do("tick", ["connect signals", "connect commands"]).write()


def restarts():
    """The journal of an entry and an exit, cut after each of its lines."""
    first = fill(1, 0, "SELL", 0.13, 2000, 11)
    second = fill(1, 1, "BUY", 0.2, 25, 12)
    entered = ack(1, "ENTER", "FILLED", "", [("FILLED", -0.13), ("FILLED", 0.2)], MADE)
    third = fill(2, 0, "BUY", 0.13, 2001, 21)
    fourth = fill(2, 1, "SELL", 0.2, 24, 22)
    exited = ack(2, "EXIT", "FILLED", "", [("FILLED", 0.13), ("FILLED", -0.2)], MADE)
    lines = [intent_line(1, "ENTER", (-0.13, 0.2)), order_line(1, 0, -0.13), deals_line(1, 0, first), order_line(1, 1, 0.2),
             deals_line(1, 1, second), ack_line(1, entered), intent_line(2, "EXIT", (0.13, -0.2)), order_line(2, 0, 0.13),
             deals_line(2, 0, third), order_line(2, 1, -0.2), deals_line(2, 1, fourth), ack_line(2, exited)]
    held = [(PAIR, "XAUUSD", -0.13), (PAIR, "XAGUSD", 0.2)]

    s = Scenario("restart-after-intent").start(journal=lines[:1])
    # An entry goes on when market time is known again.
    s.subscribed(positions()).commands(added(1))
    s.signals(beat(1, MADE), ordered(1, 0, -0.13))
    s.result(1, 0, [(11, 0.13, 2000, 10009)], ["journal " + lines[2]] + ordered(1, 1, 0.2))
    s.result(1, 1, [(12, 0.2, 25, 10009)], ["journal " + lines[4], "journal " + lines[5], xrange(1)])
    # Nobody is told before the log is seen to be the journal's.
    s.commands(log(signal(1, "ENTER")), [xadd("fills", first), xadd("fills", second), xadd("acks", entered)])
    s.commands(added(3)).count(received=0).write()

    s = Scenario("restart-after-intent-expired").start(journal=lines[:1])
    s.subscribed(positions()).commands(added(1))
    gone = ack(1, "ENTER", "EXPIRED", "expired", [("EXPIRED", 0)] * 2, when(EXPIRES, 1))
    s.signals(beat(1, when(EXPIRES, 1)), ["journal " + ack_line(1, gone), xrange(1)])
    s.commands(log(signal(1, "ENTER")), [xadd("acks", gone)]).write()

    s = Scenario("restart-after-order-sent").start(["lookup 1 0 order XAUUSD %d" % magic(1, 0)], journal=lines[:2])
    # The broker has it: it is booked, not sent again.
    s.result(1, 0, [(11, 0.13, 2000, 10009)], ["journal " + lines[2]])
    s.subscribed(positions(0, None, held[:1])).commands(added(1))
    s.signals(beat(1, MADE), ordered(1, 1, 0.2))
    s.result(1, 1, [(12, 0.2, 25, 10009)], ["journal " + lines[4], "journal " + lines[5], xrange(1)])
    s.commands(log(signal(1, "ENTER")), [xadd("fills", first), xadd("fills", second), xadd("acks", entered)]).write()

    s = Scenario("restart-after-order-not-sent").start(["lookup 1 0 order XAUUSD %d" % magic(1, 0)], journal=lines[:2])
    s.result(1, 0, [], retcode=0)
    s.subscribed(positions()).commands(added(1))
    s.signals(beat(1, MADE), ordered(1, 0, -0.13)).write()

    s = Scenario("restart-between-legs-expired").start(journal=lines[:3])
    # Too late for the second leg: the first is taken back.
    s.subscribed(positions(0, None, held[:1])).commands(added(1))
    s.signals(beat(1, when(EXPIRES, 1)), ordered(1, 0, 0.13, "unwind"))
    back = fill(1, 0, "BUY", 0.13, 2001, 13)
    broken = ack(1, "ENTER", "LEG_BREAK", "expired", [("LEG_BREAK", -0.13), ("REJECTED", 0)], when(EXPIRES, 1))
    s.result(1, 0, [(13, 0.13, 2001, 10009)], ["journal " + deals_line(1, 0, back, kind="unwind"), "journal " + ack_line(1, broken),
                                              xrange(1)], kind="unwind")
    s.commands(log(signal(1, "ENTER")), [xadd("fills", first), xadd("fills", back), xadd("acks", broken)]).write()

    s = Scenario("restart-between-legs-no-redis").start(journal=lines[:3])
    # An orphan leg does not wait for a connection that does not come.
    s.at(5001).do("tick", LOST)
    s.at(10_000).do("tick", ordered(1, 0, 0.13, "unwind") + ["connect signals", "connect commands"]).write()

    s = Scenario("restart-after-unwind-order").start(
        ["lookup 1 0 unwind XAUUSD %d" % magic(1, 0, "unwind")],
        journal=lines[:4] + [deals_line(1, 1, refusal(1, 1, "BUY", 10019)), order_line(1, 0, 0.13, "unwind")])
    broken = ack(1, "ENTER", "LEG_BREAK", "leg refused", [("LEG_BREAK", -0.13), ("REJECTED", 0)], None)
    s.result(1, 0, [(13, 0.13, 2001, 10009)], ["journal " + deals_line(1, 0, back, kind="unwind"), "journal " + ack_line(1, broken)], kind="unwind")
    s.write()

    s = Scenario("restart-after-second-order").start(["lookup 1 1 order XAGUSD %d" % magic(1, 1)], journal=lines[:4])
    unsure = ack(1, "ENTER", "FILLED", "", [("FILLED", -0.13), ("FILLED", 0.2)], None)
    s.result(1, 1, [(12, 0.2, 25, 10009)], ["journal " + lines[4], "journal " + ack_line(1, unsure)]).write()

    s = Scenario("restart-before-ack").start(["journal " + ack_line(1, unsure)], journal=lines[:5])
    s.listening(first=1, tip=1, report=positions(1, None, held), found=(entries(("1-0", first), ("2-0", second)), NOTHING),
                resent=[xadd("acks", unsure)], page=log(signal(1, "ENTER"))).write()

    s = Scenario("restart-after-ack").start(journal=lines[:6])
    # Nothing is done twice: what Redis has is not sent again, the entry is read again and left alone.
    s.listening(first=1, tip=1, report=positions(1, None, held), found=(entries(("1-0", first), ("2-0", second)), entries(("1-0", entered))),
                page=log(signal(1, "ENTER")))
    s.exited(2).write()

    s = Scenario("restart-in-another-history").start(journal=lines[:6])
    # Answers that Redis does not have are not told to the dispatcher of other signals.
    s.subscribed(positions(1, None, held)).commands(added(1)).signals(beat(4, MADE), [xrange(1)])
    s.commands(log(signal(1, "HOLD", ident="00000000-0000-0000-1111-000000000001")) + NOTHING, LOST + ["stop other signals than the journal's"])
    s.do("state", ["not listening, stopped"]).at(1000).do("tick").write()

    s = Scenario("restart-before-the-log").start(journal=lines[:6])
    # The log is not there yet: it is asked for from the last number on until it shows whose it is.
    s.subscribed(positions(1, None, held), found=(entries(("1-0", first)), NOTHING)).commands(added(1))
    s.signals(beat(1, MADE), [xrange(1)]).commands(NOTHING).do("state", ["not listening"])
    s.at(1000).do("tick", ["send signals PING", xrange(1)]).signals(PONG).commands(NOTHING)
    s.at(2000).do("tick", ["send signals PING", xrange(1)]).signals(PONG)
    s.commands(log(signal(1, "ENTER"), signal(2, "HOLD")), [xadd("fills", second), xadd("acks", entered)])
    s.do("state", ["listening"]).commands(added(2))
    s.at(3000).do("tick", ["send signals PING", xrange(3), "journal " + progress_line(2)]).write()

    s = Scenario("restart-in-exit").start(["journal " + lines[7], order(2, 0, 0.13)], journal=lines[:7])
    # An exit waits for nobody.
    s.result(2, 0, [(21, 0.13, 2001, 10009)], ["journal " + lines[8], "journal " + lines[9], order(2, 1, -0.2)]).write()

    s = Scenario("restart-in-exit-after-order").start(["lookup 2 0 order XAUUSD %d" % magic(2, 0)], journal=lines[:8], broker={"XAGUSD": 0.2})
    # The broker's positions were read after the deal that is being looked up: it is not counted twice.
    s.result(2, 0, [(21, 0.13, 2001, 10009)], ["journal " + lines[8], "journal " + lines[9], order(2, 1, -0.2)])
    left = ack(2, "EXIT", "FILLED", "", [("FILLED", 0.13), ("FILLED", -0.2)], None)
    s.result(2, 1, [(22, 0.2, 24, 10009)], ["journal " + lines[10], "journal " + ack_line(2, left)]).write()

    s = Scenario("restart-in-exit-order-not-sent").start(["lookup 2 1 order XAGUSD %d" % magic(2, 1)], journal=lines[:10])
    s.result(2, 1, [], ["journal " + lines[9], order(2, 1, -0.2)], retcode=0).write()

    s = Scenario("restart-exit-unfinished").start(
        journal=lines[:6] + [lines[6], lines[7], deals_line(2, 0, refusal(2, 0, "BUY", 10018)), lines[9],
                             deals_line(2, 1, fourth), ack_line(2, ack(2, "EXIT", "PARTIAL", "", [("REJECTED", 0), ("FILLED", -0.2)], MADE))])
    s.at(5001).do("tick", LOST)
    s.at(30_000).do("tick", ordered(2, 0, 0.13) + ["connect signals", "connect commands"]).write()

    for number, (journal, error) in enumerate([
            ([lines[0], lines[0]], "refused line 2 has number 1 after 1"),
            (lines[:6] + [lines[0]], "refused line 7 has number 1 after 1"),
            (['{"seq":1,'], "refused line 1 is no entry"),
            ([lines[1]], "refused line 1 is no entry"),
            ([lines[0], lines[2]], "refused line 2 is no entry"),
            ([lines[0], lines[5].replace('"seq":1,', '"seq":2,')], "refused line 2 is no entry"),
            ([progress_line(5), progress_line(4)], "refused line 2 has number 4 after 5"),
            ([""], "refused line 1 is no entry")]):
        s = Scenario("journal-damaged-%d" % (number + 1))
        s.do("start", [error], config=CONFIG, journal=journal).write()


def other_ways():
    config = {"files": True}
    s = Scenario("files").start(["write positions.json " + positions()], config=config, sockets=False)
    s.do("file", name="heartbeat.json", text=heartbeat(7, MADE))
    first = fill(5, 0, "SELL", 0.13, 2000, 11)
    second = fill(5, 1, "BUY", 0.2, 25, 12)
    answer = ack(5, "ENTER", "FILLED", "", [("FILLED", -0.13), ("FILLED", 0.2)], MADE)

    def result_file(seq, leg, text, kind="order"):
        return "write result-%d.json %s" % (magic(seq, leg, kind), seal('{"account":"%s","signal_seq":%d,"fills":[%s]}' % (ACCOUNT, seq, text)))

    s.do("file", ["journal " + intent_line(5, "ENTER", (-0.13, 0.2))] + ordered(5, 0, -0.13), name="signal.json", text=signal(5, "ENTER"))
    s.result(5, 0, [(11, 0.13, 2000, 10009)], ["journal " + deals_line(5, 0, first), result_file(5, 0, first)] + ordered(5, 1, 0.2))
    s.result(5, 1, [(12, 0.2, 25, 10009)], ["journal " + deals_line(5, 1, second), result_file(5, 1, second),
                                           "journal " + ack_line(5, answer), "write ack-5.json " + answer])
    s.do("file", name="signal-XAUUSD-XAGUSD.json", text=signal(5, "ENTER"))
    s.do("file", name="signal.json", text=signal(6, "HOLD"))
    s.do("file", name="signal.json", text=signal(4, "EXIT"))
    s.do("file", name="signal.json", text=signal(7, "EXIT")[:-1])
    # Another pair's number may be lower: each pair has its file.
    gone = ack(3, "EXIT", "FILLED", "not held", [("FILLED", 0)] * 2, MADE, pair="EURJPY-USDJPY")
    s.do("file", ["journal " + ack_line(3, gone), "write ack-3.json " + gone], name="signal-EURJPY-USDJPY.json",
         text=signal(3, "EXIT", pair="EURJPY-USDJPY"))
    s.at(1000).do("tick")
    s.do("file", name="heartbeat.json", text=heartbeat(9, when(MADE, 1000), epoch=2))
    s.do("file", name="signal.json", text=signal(9, "EXIT"))
    s.do("file", ["journal " + intent_line(9, "EXIT", (0.13, -0.2), epoch=2)] + ordered(9, 0, 0.13), name="signal.json", text=signal(9, "EXIT", epoch=2))
    s.count(malformed=1, stale=1, received=3).write()

    s = Scenario("files-restart")
    s.start(["write result-5-again.json " + seal('{"account":"acc","signal_seq":5,"fills":[%s,%s]}' % (first, second)),
             "write ack-5.json " + answer,
             "write positions.json " + positions(5, None, [(PAIR, "XAUUSD", -0.13), (PAIR, "XAGUSD", 0.2)])],
            config=config, sockets=False,
            journal=[intent_line(5, "ENTER", (-0.13, 0.2)), order_line(5, 0, -0.13), deals_line(5, 0, first), order_line(5, 1, 0.2),
                     deals_line(5, 1, second), ack_line(5, answer)])
    s.write()

    s = Scenario("files-without-a-key").start(["write positions.json " + positions(key="")], config={**config, "key": ""}, sockets=False)
    s.do("file", name="heartbeat.json", text=heartbeat(7, MADE))
    s.do("file", ["journal " + intent_line(5, "ENTER", (-0.13, 0.2))] + ordered(5, 0, -0.13), name="signal.json", text=signal(5, "ENTER"))
    s.result(5, 0, [(11, 0.13, 2000, 10009)], ["journal " + deals_line(5, 0, first), "write result-%d.json [%s]" % (magic(5, 0), first)] + ordered(5, 1, 0.2))
    s.write()

    s = Scenario("replay-of-bars").start(config={"bars": True, "key": "", "pairs": ""})
    # Market time is that of bars; unsealed, as a paper account may be.
    s.do("connected", ["send signals SUBSCRIBE signals signals.heartbeat"], socket="signals").do("connected", [], socket="commands")
    s.signals(SUBSCRIBED, LOOK_BACK)
    s.commands(NOTHING + NOTHING, [xrange(1), xadd("positions", positions(key=""))]).commands(NOTHING + added(1))
    unsealed = compact(signal_members(1, "ENTER"))
    answer = ack(1, "ENTER", "BLOCKED", "no market yet", [("BLOCKED", 0)] * 2, None, key="")
    s.signals(push(unsealed), ["journal " + ack_line(1, answer), xadd("acks", answer)]).commands(added(1))
    s.do("market", at="2026-01-05T10:02:00Z").do("market", at="2026-01-05T10:01:00Z")
    s.signals(push(compact(signal_members(2, "ENTER", pair="NZDUSD-AUDUSD", expires="2026-01-05T10:01:59Z"))),
              (lambda a: ["journal " + ack_line(2, a), xadd("acks", a)])(
                  ack(2, "ENTER", "EXPIRED", "expired", [("EXPIRED", 0)] * 2, EXPIRES, pair="NZDUSD-AUDUSD", key="")))
    s.signals(push(compact(signal_members(3, "ENTER"))), ["journal " + intent_line(3, "ENTER", (-0.13, 0.2))] + ordered(3, 0, -0.13)).write()

    s = Scenario("bars-fed").start()
    bar = '{"symbol":"XAUUSD","interval":"PT1M","ts":"2026-01-05T10:00:00Z","open":2000,"high":2001,"low":1999,"close":2000.5,"volume":120}'
    s.do("bar", text=bar)
    s.subscribed(positions(), resent=[xadd("bars", bar)])
    s.do("bar", [xadd("bars", bar)], text=bar).write()


for old in HERE.glob("*.jsonl"):
    old.unlink()
for scenarios in (basics, delivery, judgement, forgeries, fills, restarts, other_ways):
    scenarios()
print(len(list(HERE.glob("*.jsonl"))), "scenarios")
