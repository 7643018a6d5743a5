package dev.polycert.vendor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Accounts;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.NamedAccount;
import dev.polycert.deliver.IssuedCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterTest {
  private static final Map<String, String> POD =
      Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1", "KUBERNETES_SERVICE_PORT", "6443");

  private final String ca = IssuedCertificates.issued("kubernetes").chain();

  @TempDir Path account;

  private Cluster cluster(
      Map<String, String> environment, @Nullable URI endpoint, @Nullable String token) {
    return new Cluster(
        HttpTesting.config(environment), Kubernetes.settings(endpoint, token, ca), account);
  }

  @Test
  void aPodHasItsOwnClusterAndReadsItsTokenEachTime() throws IOException {
    Files.writeString(account.resolve("ca.crt"), ca);
    Files.writeString(account.resolve("token"), "first\n");
    Cluster cluster = cluster(POD, null, null);

    assertThat(cluster.missing()).isEmpty();
    assertThat(cluster.endpoint()).hasToString("https://10.96.0.1:6443");
    assertThat(cluster.roots()).isEqualTo(ca);
    assertThat(cluster.token()).isEqualTo("first");
    Files.writeString(account.resolve("token"), "second\n");
    assertThat(cluster.token()).isEqualTo("second");
    assertThat(cluster(Map.of("KUBERNETES_SERVICE_HOST", "fd00::1"), null, null).endpoint())
        .hasToString("https://[fd00::1]:443");
  }

  @Test
  void anEndpointThatIsSetWinsOverThePods() {
    Cluster cluster = cluster(POD, URI.create("https://k8s.example.com:6443"), "token");

    assertThat(cluster.endpoint()).hasHost("k8s.example.com");
    assertThat(cluster.token()).isEqualTo("token");
    assertThat(cluster.roots()).isEqualTo(ca);
  }

  @Test
  void anotherAccountHasItsOwnTokenAndNothingOfThePods() {
    Map<String, String> environment = new HashMap<>(POD);
    NamedAccount own = Accounts.forDomains("eu");
    String prefix = "POLYCERT_ACCOUNT__EU__";

    assertThat(own.making(() -> cluster(environment, null, "of-the-default-account")).missing())
        .containsExactly(prefix + "ENDPOINT", prefix + Cluster.TOKEN, prefix + Cluster.CA);

    environment.put(prefix + Cluster.ENDPOINT, "https://k8s-eu.example.com:6443");
    environment.put(prefix + Cluster.TOKEN, "of-eu");
    environment.put(prefix + Cluster.CA, ca);
    Cluster cluster = own.making(() -> cluster(environment, null, "of-the-default-account"));
    assertThat(cluster.missing()).isEmpty();
    assertThat(cluster.endpoint()).hasHost("k8s-eu.example.com");
    assertThat(cluster.token()).isEqualTo("of-eu");
  }

  @Test
  void whatIsNotSetIsNamed() {
    assertThat(
            new Cluster(
                    HttpTesting.config(Map.of()), Kubernetes.settings(null, null, null), account)
                .missing())
        .containsExactly(Cluster.ENDPOINT, Cluster.TOKEN, Cluster.CA);
    assertThat(
            new Cluster(
                    HttpTesting.config(Map.of()),
                    Kubernetes.settings(URI.create("https://k8s.example.com"), "t", "no PEM"),
                    account)
                .missing())
        .containsExactly(Cluster.CA + " as PEM");
  }

  @Test
  void whatIsSetWronglyIsNamedAtTheStart() {
    NamedAccount own = Accounts.forDomains("eu");
    String prefix = "POLYCERT_ACCOUNT__EU__";
    Map<String, String> environment =
        Map.of(prefix + Cluster.ENDPOINT, "k8s.example.com:6443", prefix + Cluster.CA, "no PEM");

    assertThat(own.making(() -> cluster(environment, null, null)).wrong())
        .containsExactly(
            prefix + "ENDPOINT must be https://host or https://host:port, not k8s.example.com:6443",
            prefix + Cluster.CA + " must be certificates in PEM");
    assertThat(cluster(Map.of(), null, null).wrong()).as("nothing is set").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://k8s.example.com, false",
    "https://k8s.example.com, true",
    "http://127.0.0.1:8001, true",
    "http://localhost:8001, true",
    "http://10.0.0.1:8080, false",
    "k8s.example.com, false"
  })
  void noTokenGoesOverANetworkInPlainText(URI endpoint, boolean taken) {
    assertThat(cluster(Map.of(), endpoint, "token").missing().isEmpty()).isEqualTo(taken);
  }
}
