package dev.polycert.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.function.read.StrictJson;
import dev.polycert.order.Catalog;
import dev.polycert.order.Catalogs;
import dev.polycert.order.Principal;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.whole.fuzz.Cases;
import dev.polycert.whole.fuzz.Mutator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Every input is read as a request or is rejected as {@link InvalidInput}, with a short answer. */
class RequestsFuzzTest {
  private static final String ID = "ord_0123456789abcdef0123456789abcdef";

  private static final Cases CASES = new Cases(RequestsFuzzTest.class, 800_000);

  private static final List<String> SAMPLES =
      List.of(
          """
          {"domains": ["www.example.com", "*.example.com", "bücher.example"],
           "providers": ["vendor"], "validation": "DNS", "keyAlgorithm": "RSA_2048",
           "strategy": "FIRST", "dryRun": true, "providerOptions": {"vendor": {"a": "b"}},
           "deliver": [{"to": "file", "directory": "x"}],
           "information": {
             "organization": {"name": "Example Ltd", "country": "CN"},
             "administrator": {"name": "Li Ming", "email": "admin@example.com"},
             "csr": "-----BEGIN CERTIFICATE REQUEST-----", "agreePrivacyProtection": true}}
          """,
          "{\"orders\": [\"" + ID + "\"], \"action\": \"REVOKE\", \"reason\": \"SUPERSEDED\"}",
          "{\"orders\": [\"" + ID + "\"], \"domains\": [\"www.example.com\"], \"due\": false}",
          "{\"orders\": [\"" + ID + "\"], \"deployOptions\": {\"vendor\": {\"a\": \"b\"}}}",
          "{\"orders\": [\""
              + ID
              + "\"], \"deliver\": [{\"to\": \"file\", \"directory\": \"x\"}],"
              + " \"remove\": [{\"to\": \"file\"}]}",
          "{\"orders\": [\"" + ID + "\"], \"information\": {\"contact\": {\"name\": \"A\"}}}",
          "{\"order\": \"" + ID + "\", \"includePrivateKey\": true}",
          "{\"state\": \"ISSUED\", \"limit\": \"10\", \"cursor\": \"eA\", \"sort\": \"-domain\","
              + " \"fields\": \"id,error.code\", \"expiringBefore\":"
              + " \"2026-01-02T03:04:05Z\", \"domain\": \"www.example.com\"}",
          "{\"orders\": [\"ord_00000000000000000000000000000000\"], \"hosts\":"
              + " [\"www.example.com@[::1]:8443\", \"192.0.2.7\"]}",
          "{\"channels\": [\"ops\"]}",
          "{\"providers\": [\"vendor\"], \"cursors\": {\"vendor\": \"1\"}}",
          "{\"names\": [\"_acme-challenge.www.example.com\"], \"due\": true, \"ignored\": \"x\"}");

  private final Catalog catalog = Catalogs.of(new ScriptedProvider("vendor"));

  private final List<Consumer<JsonNode>> readers =
      List.of(
          input -> AdoptFunction.Request.read(input, catalog, Principal.PROCESS),
          input -> ApplyFunction.Request.read(input, catalog, Doors.VAULT, Instant.now()),
          CancelFunction.Request::read,
          CheckServedFunction.Request::read,
          CheckVerificationFunction.Request::read,
          input -> DelegationsFunction.Request.read(input, catalog),
          input -> DeliverFunction.Request.read(input, catalog),
          input -> DeployFunction.Request.read(input, catalog),
          DnsChangedFunction::read,
          ExportFunction.Request::read,
          input -> NotifyTestFunction.Request.read(input, List.of("ops")),
          OrdersFunction.Request::read,
          SummaryFunction.Request::read,
          input -> SubmitInformationFunction.Request.read(input, Doors.VAULT));

  @AfterContainer
  static void report() throws IOException {
    CASES.tell();
  }

  @Property(seed = "23", shrinking = ShrinkingMode.OFF)
  void everyRequestIsReadOrRejected(@ForAll long seed) {
    Mutator mutator = new Mutator(new SplittableRandom(seed));
    for (String sample : SAMPLES) {
      byte[] input = mutator.mutate(sample.getBytes(UTF_8));
      for (Consumer<JsonNode> reader : readers) {
        read(reader, input);
      }
    }
  }

  private static void read(Consumer<JsonNode> reader, byte[] input) {
    try {
      CASES.of(
          input.length,
          () -> {
            reader.accept(StrictJson.parse(input));
            return true;
          });
    } catch (InvalidInput rejected) {
      int size = rejected.getMessage().length() + rejected.errors().toString().length();
      assertThat(size).isLessThan(4 * input.length + 10_000);
    } catch (RuntimeException e) {
      throw new AssertionError("reading " + new String(input, UTF_8), e);
    }
  }
}
