package dev.polycert.look;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;

/** The result of one question to one DNS server. */
sealed interface DnsReply {

  /** The server answered: with records, or that there are none (NOERROR or NXDOMAIN). */
  record Answer(Message message) implements DnsReply {}

  /**
   * The server did not answer, or with an error.
   *
   * @param why continues a sentence that starts with the server's name
   * @param spoke whether the server answered at all: its error holds for that one question (RFC
   *     2308, section 7.1), while a silent server will not answer the next one either
   * @param child the zone further down that the server names in place of an answer
   */
  record Failure(String why, boolean spoke, @Nullable Name child) implements DnsReply {

    static Failure silent(String why) {
      return new Failure(why, false, null);
    }

    static Failure spoken(String why) {
      return new Failure(why, true, null);
    }
  }
}
