package io.mlassets.ea;

import java.util.List;

/** One reply of Redis, RESP2. */
sealed interface RespReply {
  /** What it says; empty when it is a list or nothing. */
  default String text() {
    return "";
  }

  /** A status. */
  record Status(String text) implements RespReply {}

  /** A refusal. */
  record Refusal(String text) implements RespReply {}

  /** A whole number. */
  record Whole(String text) implements RespReply {}

  /** A text of any length. */
  record Bulk(String text) implements RespReply {}

  /** Null. */
  record Nothing() implements RespReply {}

  /** A list. */
  record Many(List<RespReply> items) implements RespReply {}
}
