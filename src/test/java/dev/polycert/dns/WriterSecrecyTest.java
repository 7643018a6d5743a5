package dev.polycert.dns;

import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.VendorError;
import dev.polycert.provider.SandboxControl;
import dev.polycert.provider.contract.ContractProfile;
import dev.polycert.whole.secrecy.EchoWatch;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That DNS services which repeat what they were sent change nothing, and are not quoted. */
@QuarkusTest
@TestProfile(ContractProfile.class)
class WriterSecrecyTest {
  @Inject @All List<DnsWriter> writers;

  @ConfigProperty(name = "polycert.sandbox.port")
  int port;

  @ParameterizedTest
  @CsvSource({
    "dnspod, DescribeRecordList, 200, AuthFailure.SignatureFailure, 1",
    "dnspod, DescribeRecordList, 200, RequestLimitExceeded, 3",
    "dnspod, CreateRecord, 200, LimitExceeded.SubdomainRecordLimit, 1",
    "alidns, AddDomainRecord, 400, SignatureDoesNotMatch, 1",
    "alidns, AddDomainRecord, 400, Throttling.User, 3",
    "huaweidns, ListRecordSets, 401, APIGW.0301, 1",
    "huaweidns, CreateRecordSet, 400, DNS.0403, 1"
  })
  void anErrorThatRepeatsTheRequestIsTheSameWithoutItsKeys(
      String id, String operation, int status, String code, int calls) {
    SandboxControl sandbox = new SandboxControl(port);
    sandbox.reset();
    VendorError plain = refused(sandbox, id, operation, "CODE", status, code, calls);
    try (EchoWatch watch = new EchoWatch()) {
      VendorError echo = refused(sandbox, id, operation, "ECHO", status, code, calls);

      watch.assertHidden(echo);
      assertThat(echo.message()).contains("Signature=***");
      assertThat(echo.code()).isEqualTo(plain.code());
      assertThat(echo.errorClass()).isEqualTo(plain.errorClass());
    }
    sandbox.reset();
  }

  private VendorError refused(
      SandboxControl sandbox,
      String id,
      String operation,
      String kind,
      int status,
      String code,
      int calls) {
    sandbox.control(
        "POST",
        "faults",
        Map.of(
            "operation", operation, "kind", kind, "status", status, "code", code, "times", 1000));
    int before = calls(sandbox, id, operation);
    DnsWriter writer =
        writers.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    VendorError error =
        new WriterSteps(writer, "example.com").refused(txt("_acme-challenge.example.com", "token"));
    assertThat(calls(sandbox, id, operation) - before).isEqualTo(calls);
    sandbox.control("DELETE", "faults", "");
    return error;
  }

  private static int calls(SandboxControl sandbox, String id, String operation) {
    return sandbox.control("GET", "calls", "").path(id).path(operation).asInt();
  }
}
