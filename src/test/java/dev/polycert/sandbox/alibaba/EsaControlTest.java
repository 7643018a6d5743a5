package dev.polycert.sandbox.alibaba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.sandbox.ControlException;
import dev.polycert.sandbox.FakeWorld;
import dev.polycert.sandbox.VendorEmulator.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EsaControlTest {
  private final EsaCalls calls = new EsaCalls();

  static Reply control(EsaEmulator emulator, String path, String body) {
    return emulator.control("POST", path, FakeWorld.body(body));
  }

  @Test
  void letsAnOpenApplicationFail() {
    long site = calls.site("example.com");
    var id = calls.apply(site, "www.example.com", "lets_encrypt");
    control(calls.emulator, "fail", "{\"domain\":\"www.example.com\",\"message\":\"no way\"}");
    var result = calls.certificate(site, id).get("Result");
    assertThat(result.get("Status").asText()).isEqualTo("ApplyFailed");
    assertThat(result.get("ApplyCode").asLong()).isEqualTo(2);
    assertThat(result.get("ApplyMessage").asText()).isEqualTo("no way");
    assertThat(result.get("DCV")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fail  | {\"domain\":\"www.example.com\"}                    | no open application",
        "fail  | {}                                                  | give a text",
        "site  | {\"name\":\"www.example.com\"}                      | registrable domain",
        "site  | {\"name\":\"example.com\",\"access\":\"DNS\"}       | CNAME or NS",
        "sites | {}                                                  | POST site or POST fail"
      })
  void saysWhatItCannotDo(String path, String body, String message) {
    assertThatThrownBy(() -> control(calls.emulator, path, body))
        .isInstanceOf(ControlException.class)
        .hasMessageContaining(message);
  }
}
