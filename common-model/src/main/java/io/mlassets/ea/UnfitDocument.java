package io.mlassets.ea;

/** A document that is not what was agreed; says what is wrong with it. */
class UnfitDocument extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnfitDocument(String message) {
    super(message, null, false, false);
  }
}
