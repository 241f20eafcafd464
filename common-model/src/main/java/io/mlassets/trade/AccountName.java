package io.mlassets.trade;

import java.util.regex.Pattern;

/** What names an account and what it answers to. */
final class AccountName {
  private static final Pattern FORM = Pattern.compile("[ -~]{1,64}");
  private static final long LAST_SEQ = 1_000_000_000_000L;

  private AccountName() {}

  static void require(String account) {
    if (account.isBlank() || !FORM.matcher(account).matches()) {
      throw new IllegalArgumentException(
          "account is blank, longer than 64 characters or not plain ASCII");
    }
  }

  static void requireSeq(String what, long seq, long first) {
    if (seq < first || seq > LAST_SEQ) {
      throw new IllegalArgumentException(
          "%s %d is not in [%d, %d]".formatted(what, seq, first, LAST_SEQ));
    }
  }
}
