package dev.polycert.vendor.acme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.whole.fuzz.Cases;
import dev.polycert.whole.fuzz.Mutator;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.statistics.Statistics;

/** Whatever an applicant gives as a request, it is one for the order's names or is refused. */
class CsrFuzzTest {
  private static final Set<DomainName> NAMES =
      Set.of(DomainName.parse("www.example.com"), DomainName.parse("*.example.org"));

  private static final List<byte[]> VALID =
      Stream.of(KeyAlgorithm.EC_P256, KeyAlgorithm.RSA_2048)
          .map(algorithm -> Csr.of(PemKeys.generate(algorithm), NAMES).der())
          .toList();

  private static final Cases CASES = new Cases(CsrFuzzTest.class, 60_000);

  @AfterContainer
  static void tell() throws IOException {
    CASES.tell();
  }

  @Property(seed = "61", shrinking = ShrinkingMode.OFF)
  void everyRequestIsReadOrRefused(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Mutator mutator = new Mutator(random);
    for (int i = 0; i < 2; i++) {
      for (byte[] valid : VALID) {
        // Most changes are to one byte, which leaves more of the structure to be looked at.
        byte[] der = random.nextInt(4) == 0 ? mutator.bytes(valid) : flipped(valid, random);
        String pem = PemKeys.block("CERTIFICATE REQUEST", der);
        if (random.nextInt(10) == 0) {
          pem = new String(mutator.bytes(pem.getBytes(UTF_8)), UTF_8);
        }
        read(pem, seed);
      }
    }
  }

  private static byte[] flipped(byte[] valid, SplittableRandom random) {
    byte[] changed = valid.clone();
    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    return changed;
  }

  private static void read(String pem, long seed) {
    try {
      String kind = CASES.of(pem.length(), () -> outcome(pem));
      Statistics.label("request").collect(kind);
    } catch (RuntimeException e) {
      throw new AssertionError("with seed " + seed + " it threw, reading " + pem, e);
    }
  }

  private static String outcome(String pem) {
    try {
      Csr read = Csr.read(pem, NAMES);
      assertThat(read.key().getEncoded()).isNotEmpty();
      return "read";
    } catch (Ended refused) {
      String message = ((Answer.Failed<?>) refused.answer()).failure().error().message();
      assertThat(message).startsWith("information.csr ").hasSizeLessThan(2 * pem.length() + 500);
      return message.replaceFirst(" for .*", "");
    }
  }
}
