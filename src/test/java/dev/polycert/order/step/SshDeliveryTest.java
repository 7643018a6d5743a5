package dev.polycert.order.step;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.order.Delivery;
import dev.polycert.order.Order;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Pem;
import dev.polycert.testing.Nginx;
import dev.polycert.testing.OpenSsh;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.ssh.SshMachines;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From an application to what a web server on another machine serves, and again at the renewal. */
@RequiresPrograms({"sshd", "ssh-keygen", "nginx"})
class SshDeliveryTest {
  private static final String COMMAND = "polycert.deliver.ssh.host.web.command";
  private static final DeliveryTarget WEB =
      new DeliveryTarget("ssh", Map.of("host", "web", "directory", "www"));

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private Path base;
  private OpenSsh server;

  @BeforeEach
  void start() throws IOException {
    base = Files.createDirectory(resources.directory().resolve("base")).toRealPath();
    server =
        resources.add(new OpenSsh(Files.createDirectory(resources.directory().resolve("server"))));
  }

  private Desk desk(String command) throws IOException {
    Desk desk =
        resources.add(
            new Desk(
                resources.directory(),
                List.of(SshMachines.to(server, base, Map.of(COMMAND, command))),
                vendor));
    // The connection has real time.
    desk.advance(Duration.between(desk.now(), Instant.now()));
    return desk;
  }

  @Test
  void nginxServesTheRenewedCertificate() throws Exception {
    Nginx nginx =
        resources.add(
            new Nginx(
                resources.directory().resolve("nginx"), base.resolve("www/live"), "127.0.0.1"));
    int port = nginx.port();
    Desk desk = desk(nginx.command());
    CertificateBundle first = issuedNext(desk, "c1", 90);

    Order order = desk.applyAuto("www.example.com", WEB);

    assertThat(order.deliveries())
        .as(order.toString())
        .extracting(Delivery::state)
        .containsOnly(Delivery.State.DELIVERED);
    assertServed(first, port);

    CertificateBundle second = issuedNext(desk, "c2", 150);
    desk.advance(Duration.ofDays(61));
    desk.renew();

    assertServed(second, port);
    assertThat(desk.latest("www.example.com").deliveries())
        .extracting(Delivery::place)
        .containsExactly(order.deliveries().getFirst().place());
  }

  @Test
  void aMachineThatIsDownIsReportedAndTriedAgain() throws Exception {
    Desk desk = desk("true");
    server.close();
    issuedNext(desk, "c1", 90);

    Order order = desk.applyAuto("www.example.com", WEB);

    assertThat(order.deliveries().getFirst().error().code()).isEqualTo("Ssh.NotConnected");
    assertThat(desk.notices).anyMatch(notice -> notice.toString().contains("Ssh.NotConnected"));
    server.changeHostKey();
    desk.advance(Duration.ofMinutes(1));
    desk.renew();
    assertThat(desk.find(order.id()).deliveries().getFirst().error().code())
        .isEqualTo("Ssh.HostKey");
    assertThat(base).isEmptyDirectory();
  }

  @Test
  void aCommandThatShowsTheKeyIsNotQuoted() throws Exception {
    Desk desk = desk("tail -n 2 {directory}/privkey.pem | head -n 1; exit 1");
    CertificateBundle export = issuedNext(desk, "c1", 90);

    Order order = desk.applyAuto("www.example.com", WEB);

    Delivery delivery = order.deliveries().getFirst();
    assertThat(delivery.error().code()).isEqualTo("Command.Failed");
    assertThat(delivery.error().message()).contains("***");
    assertThat(order.toString() + desk.history(order.id()) + desk.notices)
        .doesNotContain(IssuedCertificates.secretLines(export));
  }

  private CertificateBundle issuedNext(Desk desk, String id, int days) {
    CertificateBundle export = IssuedCertificates.issued("www.example.com");
    vendor.export = new Answer.Success<>(export, null);
    vendor.on(PREPARE, ready()).on(PLACE, issued(id, desk.now().plus(Duration.ofDays(days))));
    return export;
  }

  /** The new worker takes a moment. */
  private static void assertServed(CertificateBundle export, int port) throws Exception {
    X509Certificate wanted = Pem.certificate(export.certificate()).orElseThrow();
    Certificate served = null;
    for (int tries = 0; tries < 100 && !wanted.equals(served); tries++) {
      Thread.sleep(20);
      served = served(port);
    }
    assertThat(served).isEqualTo(wanted);
  }

  private static Certificate served(int port) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAll()}, null);
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static final class TrustsAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
