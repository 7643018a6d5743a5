package dev.polycert.vendor.rfc2136;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

/** What a server's answers mean, those that are signed with the key and those that are not. */
class TsigErrorsTest {
  private static final TSIG KEY =
      new TSIG(TSIG.HMAC_SHA256, "key.", "ZmFrZS1zZWNyZXQtZm9yLXRlc3Rz");

  @ParameterizedTest
  @CsvSource({
    "SERVFAIL, RETRY, the server failed",
    "FORMERR, FINAL, does not understand",
    "NOTIMP, FINAL, takes no dynamic updates",
    "NOTAUTH, FINAL, is not its primary",
    "NOTZONE, FINAL, not in this zone",
    "REFUSED, CREDENTIALS, may not do this",
    "NXDOMAIN, FINAL, no such name",
    "NXRRSET, FINAL, no such record",
    "YXDOMAIN, FINAL, other records",
    "YXRRSET, FINAL, an alias",
    "DSOTYPENI, FINAL, refuses with DSOTYPENI"
  })
  void aSignedRefusalIsTakenAtItsWord(String code, ErrorClass errorClass, String message)
      throws Exception {
    VendorError error = error(signed(Rcode.value(code), Rcode.NOERROR));

    assertThat(error.code()).isEqualTo(code);
    assertThat(error.errorClass()).isEqualTo(errorClass);
    assertThat(error.message()).contains(message);
  }

  @ParameterizedTest
  @CsvSource({
    "16, BADSIG, CREDENTIALS",
    "17, BADKEY, CREDENTIALS",
    "18, BADTIME, CLOCK",
    "22, BADTRUNC, CREDENTIALS"
  })
  void anErrorOfTheSignatureComesFirst(int error, String code, ErrorClass errorClass)
      throws Exception {
    VendorError told = error(signed(Rcode.NOTAUTH, error));

    assertThat(told.code()).isEqualTo(code);
    assertThat(told.errorClass()).isEqualTo(errorClass);
    assertThat(told.message()).doesNotContain("refuses with");
  }

  @ParameterizedTest
  @CsvSource({
    "NOERROR, Tsig.Unverified, RETRY",
    "NXDOMAIN, Tsig.Unverified, RETRY",
    "YXRRSET, Tsig.Unverified, RETRY",
    "REFUSED, REFUSED, CREDENTIALS",
    "NOTAUTH, NOTAUTH, FINAL",
    "NOTZONE, NOTZONE, FINAL",
    "NOTIMP, NOTIMP, FINAL",
    "FORMERR, FORMERR, FINAL",
    "SERVFAIL, SERVFAIL, RETRY"
  })
  void withoutASignatureOnlyRefusalsCount(String rcode, String code, ErrorClass errorClass)
      throws Exception {
    Message answer = new Message(1);
    answer.getHeader().setRcode(Rcode.value(rcode));

    VendorError error = error(answer);

    assertThat(error.code()).isEqualTo(code);
    assertThat(error.errorClass()).isEqualTo(errorClass);
  }

  @Test
  void aSignedYesIsOne() throws Exception {
    Message answer = signed(Rcode.NOERROR, Rcode.NOERROR);

    assertThat(TsigErrors.judge(answer)).isEqualTo(Answer.of(answer));
  }

  private static VendorError error(Message answer) {
    return ((Answer.Failed<Message>) TsigErrors.judge(answer)).failure().error();
  }

  /** An answer that was signed with the key and found to be. */
  private static Message signed(int rcode, int error) throws Exception {
    Message query =
        Message.newQuery(Record.newRecord(Name.fromConstantString("example.com."), Type.TXT, 1));
    KEY.apply(query, null);
    Message sent = new Message(query.getHeader().getID());
    sent.getHeader().setFlag(Flags.QR);
    sent.getHeader().setRcode(rcode);
    KEY.apply(sent, error, query.getTSIG());
    byte[] wire = sent.toWire();
    Message answer = new Message(wire);
    KEY.verify(answer, wire, query.getTSIG());
    return answer;
  }
}
