package io.mlassets.ea;

import io.mlassets.channel.Channels;

/** A document for the dispatcher on its way. */
final class EaDocument {
  /** Which stream it is for. */
  enum Stream {
    FILLS,
    ACKS,
    POSITIONS,
    BARS;

    /** The stream's name. */
    String name(Channels channels) {
      return switch (this) {
        case FILLS -> channels.fills();
        case ACKS -> channels.acks();
        case POSITIONS -> channels.positions();
        case BARS -> channels.bars();
      };
    }

    /** Whether it answers a signal: kept, and only for those who know that signal. */
    boolean isKept() {
      return this == FILLS || this == ACKS;
    }
  }

  final Stream stream;
  final String text;

  /** Of the signal; 0 for bars and positions. */
  final long seq;

  /** Documents in the order they were made. */
  final long number;

  EaDocument(Stream stream, String text, long seq, long number) {
    this.stream = stream;
    this.text = text;
    this.seq = seq;
    this.number = number;
  }
}
