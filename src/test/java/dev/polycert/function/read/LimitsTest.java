package dev.polycert.function.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The options of a request are compared with the limits of its caller. */
class LimitsTest {
  private static final Principal LIMITED =
      new Principal(
          "team", Set.of(Scope.APPLY), List.of(DomainName.parse("example.com")), List.of());

  @Test
  void alternativeNamesAreNamesLikeOthers() {
    options(LIMITED, "alternativeNames", "a.example.com, *.b.example.com example.com").require();

    assertThatThrownBy(options(LIMITED, "alternativeNames", "a.example.com example.net")::require)
        .isInstanceOfSatisfying(
            Forbidden.class,
            forbidden -> {
              assertThat(forbidden.errors()).hasSize(1);
              assertThat(forbidden.errors().getFirst())
                  .hasToString(
                      "providerOptions.acme.alternativeNames: example.net is not below example.com,"
                          + " to which your key is limited");
            });
  }

  @Test
  void aNameBesideAnAddressOrBesideNoNameIsComparedAsWell() {
    for (String names : List.of("192.0.2.7, example.net", "a.example.com, -, example.net")) {
      assertThatThrownBy(options(LIMITED, "alternativeNames", names)::require)
          .isInstanceOf(Forbidden.class);
    }
  }

  @Test
  void aReferenceToWhatTheAccountHasIsNotForKeysOfSomeDomains() {
    for (String option :
        List.of("certificateId", "oldCertificateId", "certificateArn", "instanceId")) {
      assertThatThrownBy(options(LIMITED, option, "c-1")::require)
          .isInstanceOfSatisfying(
              Forbidden.class,
              forbidden ->
                  assertThat(forbidden.errors().getFirst().field())
                      .isEqualTo("providerOptions.acme." + option));
      options(Principal.PROCESS, option, "c-1").require();
    }
  }

  private static Limits options(Principal caller, String name, String value) {
    return new Limits(caller).options("providerOptions", Map.of("acme", Map.of(name, value)));
  }
}
