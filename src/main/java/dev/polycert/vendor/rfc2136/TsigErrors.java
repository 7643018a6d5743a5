package dev.polycert.vendor.rfc2136;

import static dev.polycert.call.ErrorClass.CLOCK;
import static dev.polycert.call.ErrorClass.CREDENTIALS;
import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.RETRY;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.VendorError;
import java.util.Map;
import java.util.Set;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/** Reads how a server answers a signed message: RFC 2136, section 2.2 and RFC 8945, section 3. */
final class TsigErrors {
  private static final ErrorTable TABLE =
      ErrorTable.unlistedAre(FINAL)
          .put(RETRY, "SERVFAIL")
          .put(CLOCK, "BADTIME")
          .put(CREDENTIALS, "BADKEY", "BADSIG", "BADTRUNC", "REFUSED")
          .put(FINAL, "FORMERR", "NOTIMP", "NOTAUTH", "NOTZONE")
          .put(FINAL, "NXDOMAIN", "NXRRSET", "YXDOMAIN", "YXRRSET")
          .build();

  /** The answers that servers send unsigned because they fail before they use the key. */
  private static final Set<String> REFUSALS =
      Set.of("FORMERR", "NOTAUTH", "NOTIMP", "NOTZONE", "REFUSED", "SERVFAIL");

  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry("BADKEY", "the server does not know this key, or by another algorithm"),
          Map.entry("BADSIG", "the server has another secret under this key's name"),
          Map.entry("BADTIME", "our clock and the server's differ by too much"),
          Map.entry("BADTRUNC", "the server wants a longer signature"),
          Map.entry("FORMERR", "the server does not understand the message"),
          Map.entry("NOTAUTH", "the server does not serve this zone, or is not its primary"),
          Map.entry("NOTIMP", "the server takes no dynamic updates"),
          Map.entry("NOTZONE", "the name is not in this zone"),
          Map.entry("NXDOMAIN", "there is no such name"),
          Map.entry("NXRRSET", "there is no such record"),
          Map.entry(
              "REFUSED", "the key may not do this there, or the server does not serve the zone"),
          Map.entry("SERVFAIL", "the server failed"),
          Map.entry("YXDOMAIN", "the name has other records"),
          Map.entry("YXRRSET", "the name is an alias (CNAME)"));

  private TsigErrors() {}

  /** The answer if the server signed it and accepted the message. */
  static Answer<Message> judge(Message answer) {
    int tsig = answer.getTSIG() == null ? Rcode.NOERROR : answer.getTSIG().getError();
    if (tsig != Rcode.NOERROR) {
      return error(Rcode.TSIGstring(tsig));
    }
    String code = Rcode.string(answer.getRcode());
    if (!answer.isVerified() && !REFUSALS.contains(code)) {
      // To be ignored as if it never came (RFC 8945, section 5.4): any host may have sent it.
      return Answer.refused(
          new VendorError(
              RETRY,
              "Tsig.Unverified",
              "the answer (" + code + ") is not signed with the key of RFC2136_TSIG_NAME"));
    }
    return answer.getRcode() == Rcode.NOERROR ? Answer.of(answer) : error(code);
  }

  private static Answer<Message> error(String code) {
    return Answer.refused(
        new VendorError(
            TABLE.classOf(code),
            code,
            MEANINGS.getOrDefault(code, "the server refuses with " + code)));
  }
}
