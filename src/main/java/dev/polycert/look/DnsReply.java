package dev.polycert.look;

import org.xbill.DNS.Message;

/** What asking one DNS server one question came to. */
sealed interface DnsReply {

  /** The server says what there is, or that there is nothing (NOERROR or NXDOMAIN). */
  record Answer(Message message) implements DnsReply {}

  /**
   * The server cannot say, or was not heard.
   *
   * @param why continues a sentence that starts with the server's name
   */
  record Failure(String why) implements DnsReply {}
}
