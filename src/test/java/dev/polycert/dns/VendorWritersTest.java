package dev.polycert.dns;

import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.domain.Finding;
import dev.polycert.domain.ValidationLook;
import dev.polycert.provider.SandboxControl;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The writers of the vendors that the sandbox emulates, and a look at the sandbox's DNS. */
@QuarkusTest
class VendorWritersTest {
  @Inject @All List<DnsWriter> writers;
  @Inject ValidationLook look;

  @ConfigProperty(name = "polycert.sandbox.port")
  int sandboxPort;

  private SandboxControl sandbox;

  @BeforeEach
  void reset() {
    sandbox = new SandboxControl(sandboxPort);
    sandbox.reset();
  }

  private DnsWriter writer(String id) {
    return writers.stream().filter(writer -> writer.id().equals(id)).findFirst().orElseThrow();
  }

  private WriterSteps steps(String id) {
    return new WriterSteps(writer(id), "example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dnspod", "alidns", "huaweidns"})
  void whatIsCreatedIsSeenInTheDnsUntilItIsRemoved(String id) {
    WriterSteps steps = steps(id);
    DnsRecord record = txt("_acme-challenge.www.example.com", "token-" + id);

    assertThat(writer(id).missing()).isEmpty();
    assertThat(steps.find(record)).isEmpty();
    String created = steps.create(record);
    assertThat(steps.find(record)).contains(created);
    assertThat(steps.create(record)).isEqualTo(created);
    assertThat(seen(record)).isEqualTo(Finding.Status.PRESENT);

    assertThat(steps.remove(record, created)).isTrue();
    assertThat(seen(record)).isEqualTo(Finding.Status.ABSENT);
    assertThat(steps.remove(record, created)).isFalse();
    assertThat(steps.intents()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dnspod", "alidns", "huaweidns"})
  void recordsOfOneNameDoNotGetInEachOthersWay(String id) {
    WriterSteps steps = steps(id);
    List<DnsRecord> records =
        IntStream.range(0, 8)
            .mapToObj(i -> txt("_acme-challenge.example.com", "token" + i))
            .toList();

    List<Answer<String>> results =
        Uni.join()
            .all(
                records.stream()
                    .map(record -> writer(id).create("example.com", record, steps.context()))
                    .toList())
            .andFailFast()
            .await()
            .indefinitely();
    assertThat(results).allMatch(Answer.Success.class::isInstance);
    assertThat(records).allMatch(record -> seen(record) == Finding.Status.PRESENT);

    assertThat(steps.remove(records.getFirst(), null)).isTrue();
    assertThat(seen(records.getFirst())).isEqualTo(Finding.Status.DIFFERENT);
    assertThat(records.subList(1, 8)).allMatch(r -> seen(r) == Finding.Status.PRESENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dnspod CreateRecord", "alidns AddDomainRecord"})
  void aLostAnswerIsUnclearAndTheNextTryFindsTheRecord(String play) {
    WriterSteps steps = steps(play.split(" ")[0]);
    DnsRecord record = txt("_acme-challenge.lost.example.com", "token");
    sandbox.loseAnswer(play.split(" ")[1]);

    assertThat(steps.failed(record)).isInstanceOf(Failure.Unclear.class);
    steps.create(record);

    assertThat(steps.intents()).hasSize(1);
    assertThat(seen(record)).isEqualTo(Finding.Status.PRESENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dnspod DescribeRecordList AuthFailure.SecretIdNotFound CREDENTIALS",
        "dnspod CreateRecord LimitExceeded.SubdomainRecordLimit QUOTA",
        "dnspod CreateRecord InvalidParameter.NobodyKnows FINAL",
        "alidns AddDomainRecord QuotaExceeded.Record QUOTA",
        "alidns AddDomainRecord DomainRecordConflict FINAL",
        "alidns AddDomainRecord Forbidden.RAM CREDENTIALS",
        "huaweidns CreateRecordSet DNS.0403 QUOTA",
        "huaweidns ListRecordSets DNS.0005 CREDENTIALS",
      })
  void anErrorIsToldVerbatimUnderItsClass(String play) {
    String[] words = play.split(" ");
    sandbox.control(
        "POST",
        "faults",
        List.of(
            Map.of(
                "operation",
                words[1],
                "kind",
                "CODE",
                "status",
                words[0].equals("dnspod") ? 200 : 400,
                "code",
                words[2],
                "message",
                "as the vendor says",
                "times",
                1)));

    VendorError error =
        steps(words[0]).refused(txt("_acme-challenge." + words[0] + ".example.com", "token"));

    assertThat(error.code()).isEqualTo(words[2]);
    assertThat(error.errorClass()).isEqualTo(ErrorClass.valueOf(words[3]));
    assertThat(error.message()).contains("as the vendor says");
    assertThat(error.requestId()).isNotNull();
  }

  private Finding.Status seen(DnsRecord record) {
    return look.record(record.name(), record.type(), record.value(), Instant.now().plusSeconds(10))
        .await()
        .indefinitely()
        .status();
  }
}
