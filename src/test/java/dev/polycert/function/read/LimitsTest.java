package dev.polycert.function.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.domain.DomainName;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.provider.DeliveryTarget;
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
                  assertThat(forbidden.errors().getFirst())
                      .hasToString(
                          "providerOptions.acme."
                              + option
                              + ": names a certificate of the account, which may be one of names"
                              + " that are not below example.com, to which your key is limited"));
      options(Principal.PROCESS, option, "c-1").require();
    }
  }

  @Test
  void aMemberIsReportedOnceWhateverFindsIt() {
    Principal two =
        new Principal(
            "team",
            Set.of(Scope.DELIVER),
            List.of(DomainName.parse("example.com"), DomainName.parse("example.org")),
            List.of());
    DeliveryTarget webhook = new DeliveryTarget("webhook", Map.of(), List.of("example.net:443"));

    assertThatThrownBy(
            new Limits(two)
                    .targets("deliver", List.of(webhook))
                    .deliverers("deliver", List.of("webhook"))
                ::require)
        .isInstanceOfSatisfying(
            Forbidden.class,
            forbidden ->
                assertThat(forbidden.errors())
                    .extracting(Object::toString)
                    .containsExactlyInAnyOrder(
                        "deliver.serves: example.net:443 is not a name below example.com,"
                            + " example.org, to which your key is limited",
                        "deliver: webhook can only be used with a key whose accounts name it, and"
                            + " yours has no accounts"));
  }

  private static Limits options(Principal caller, String name, String value) {
    return new Limits(caller).options("providerOptions", Map.of("acme", Map.of(name, value)));
  }
}
