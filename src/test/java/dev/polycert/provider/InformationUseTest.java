package dev.polycert.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.provider.Information.Part;
import dev.polycert.provider.Information.Person;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of the applicant's data a provider has no place for. */
class InformationUseTest {
  private static final Person FULL =
      new Person("Li Ming", "Ming", "Li", "13800000000", "admin@example.com", "CTO");

  private static Information people() {
    return new Information(null, FULL, FULL, null, true);
  }

  private static InformationUse use(Set<Part> parts, boolean namesInParts) {
    return new InformationUse(
        parts, Set.of(Part.KEY_PASSWORD), Set.of("contact.position"), namesInParts, "id", false);
  }

  @Test
  void membersWithoutAPlaceAreNamedOneByOne() {
    assertThat(
            use(Set.of(Part.ADMINISTRATOR, Part.CONTACT, Part.CONSENT), true)
                .unused(people(), Map.of("id", "1")))
        .containsExactlyInAnyOrder(
            "information.administrator.name",
            "information.contact.name",
            "information.contact.position");
  }

  @Test
  void aWholeNameStandsForItsParts() {
    assertThat(use(Set.of(Part.ADMINISTRATOR), false).unused(people(), Map.of("id", "1")))
        .containsExactlyInAnyOrder(
            "information.contact",
            "information.agreePrivacyProtection",
            "information.administrator.firstName",
            "information.administrator.lastName");
  }

  @Test
  void somePartsAreTakenWithAnyOptions() {
    Information password = new Information(null, FULL, null, null, null, "sealed");

    assertThat(use(Set.of(Part.ADMINISTRATOR), true).unused(password, Map.of()))
        .containsExactly("information.administrator");
  }
}
