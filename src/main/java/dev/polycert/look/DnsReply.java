package dev.polycert.look;

import org.xbill.DNS.Message;

/** The result of one question to one DNS server. */
sealed interface DnsReply {

  /** The server answered: with records, or that there are none (NOERROR or NXDOMAIN). */
  record Answer(Message message) implements DnsReply {}

  /**
   * The server did not answer, or with an error.
   *
   * @param why continues a sentence that starts with the server's name
   */
  record Failure(String why) implements DnsReply {}
}
