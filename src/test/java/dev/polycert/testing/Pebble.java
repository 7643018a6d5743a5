package dev.polycert.testing;

import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.sandbox.RsaKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Pebble, a real ACME CA, with pebble-challtestsrv, the DNS and web server that it validates at, as
 * processes on free ports. Both come with the Debian package {@code pebble}.
 */
public final class Pebble implements AutoCloseable {
  private static final String EAB_KEY_ID = "kid-1";
  private static final String EAB_HMAC =
      "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";

  private static final Duration LONG = Duration.ofDays(90);

  private final Path directory;
  private final int nonceReject;
  private final String nameServer;
  private final int acmePort = FreePorts.next();
  private final int managementPort = FreePorts.next();
  private final int dnsPort = FreePorts.next();
  private final int webPort = FreePorts.next();
  private final int challengePort = FreePorts.next();
  private final SSLContext tls;
  private final HttpClient client;
  private final Process challenges;
  private Process pebble;

  private Pebble(
      boolean externalAccounts, int nonceReject, @Nullable String dnsServer, Duration validity)
      throws Exception {
    directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "pebble");
    tls = makeTls();
    client = HttpClient.newBuilder().sslContext(tls).build();
    Files.writeString(config(), configuration(externalAccounts, validity));
    challenges =
        run(
            "pebble-challtestsrv",
            Map.of(),
            "-dns01",
            "127.0.0.1:" + dnsPort,
            "-http01",
            "127.0.0.1:" + webPort,
            "-https01",
            "",
            "-tlsalpn01",
            "",
            "-defaultIPv6",
            "",
            "-management",
            "127.0.0.1:" + challengePort);
    this.nonceReject = nonceReject;
    this.nameServer = dnsServer == null ? dnsServer() : dnsServer;
    pebble = runPebble();
    awaitPort(challengePort);
    awaitPort(acmePort);
  }

  private Process runPebble() throws IOException {
    return run(
        "pebble",
        Map.of(
            "PEBBLE_VA_NOSLEEP", "1",
            "PEBBLE_AUTHZREUSE", "0",
            "PEBBLE_WFE_NONCEREJECT", Integer.toString(nonceReject)),
        "-config",
        config().toString(),
        "-dnsserver",
        nameServer);
  }

  /** Starts the CA anew; it keeps everything in memory, so that it knows nothing then. */
  public void reset() {
    try {
      pebble.destroyForcibly().waitFor();
      pebble = runPebble();
      awaitPort(acmePort);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts a CA that refuses no nonce and opens an account to everybody. */
  public static Pebble start() {
    return start(false, 0);
  }

  /**
   * Starts a CA.
   *
   * @param externalAccounts whether accounts are bound to {@link #eabKeyId}
   * @param nonceReject how many percent of good nonces it refuses
   */
  public static Pebble start(boolean externalAccounts, int nonceReject) {
    return start(externalAccounts, nonceReject, null, LONG);
  }

  /** Starts a CA that asks this name server, and whose certificates are valid for that long. */
  public static Pebble start(String dnsServer, Duration validity) {
    return start(false, 0, dnsServer, validity);
  }

  private static Pebble start(
      boolean externalAccounts, int nonceReject, @Nullable String dnsServer, Duration validity) {
    try {
      return new Pebble(externalAccounts, nonceReject, dnsServer, validity);
    } catch (Exception e) {
      throw new IllegalStateException("Pebble (Debian package pebble) does not start", e);
    }
  }

  /** What {@code polycert.acme.ca."…".directory} is set to. */
  public URI directory() {
    return URI.create("https://127.0.0.1:" + acmePort + "/dir");
  }

  /** Of a process that knows it as the CA {@code pebble}. */
  public Map<String, String> settings() {
    return Map.of(
        "polycert.acme.ca.\"pebble\".directory", directory().toString(),
        "polycert.acme.ca.\"pebble\".trust", trust().toAbsolutePath().toString());
  }

  /** What {@code polycert.acme.ca."…".trust} is set to. */
  public Path trust() {
    return directory.resolve("tls.pem");
  }

  /** What {@code polycert.dns.servers} is set to. */
  public String dnsServer() {
    return "127.0.0.1:" + dnsPort;
  }

  /** What {@code polycert.validation.http-port} is set to. */
  public int webPort() {
    return webPort;
  }

  public String eabKeyId() {
    return EAB_KEY_ID;
  }

  public String eabHmac() {
    return EAB_HMAC;
  }

  /** Publishes what an order asks for. */
  public void publish(List<Validation> validations) {
    validations.forEach(this::publish);
  }

  private void publish(Validation validation) {
    if (validation.method() == ValidationMethod.FILE) {
      String url = Objects.requireNonNull(validation.url());
      String token = url.substring(url.lastIndexOf('/') + 1);
      tell("add-http01", "{\"token\":\"%s\",\"content\":\"%s\"}", token, validation.content());
    } else {
      tell(
          "set-txt",
          "{\"host\":\"%s.\",\"value\":\"%s\"}",
          validation.recordName(),
          validation.recordValue());
    }
  }

  private void tell(String what, String json, Object... values) {
    send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + challengePort + "/" + what))
            .POST(HttpRequest.BodyPublishers.ofString(json.formatted(values)))
            .build());
  }

  /** The root that its certificates lead to, in PEM. */
  public String root() {
    return management("roots/0");
  }

  /** What it knows of a certificate ({@code Status} {@code Valid} or {@code Revoked}). */
  public String statusOf(String serialNumber) {
    return management("cert-status-by-serial/" + serialNumber);
  }

  private String management(String path) {
    return send(
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + managementPort + "/" + path))
            .build());
  }

  private String send(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(request.uri() + " answered " + response.statusCode());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path config() {
    return directory.resolve("pebble.json");
  }

  private String configuration(boolean externalAccounts, Duration validity) {
    return """
    {"pebble": {
      "listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
      "certificate": "%s", "privateKey": "%s",
      "httpPort": %d, "tlsPort": %d, "ocspResponderURL": "",
      "certificateValidityPeriod": %d,
      "externalAccountBindingRequired": %s,
      "externalAccountMACKeys": {"%s": "%s"}}}
    """
        .formatted(
            acmePort,
            managementPort,
            trust().toAbsolutePath(),
            directory.resolve("tls.key").toAbsolutePath(),
            webPort,
            FreePorts.next(),
            validity.toSeconds(),
            externalAccounts,
            EAB_KEY_ID,
            EAB_HMAC);
  }

  /** Its own key, for who stands before it, and trust in it. */
  public SSLContext tls() {
    return tls;
  }

  private SSLContext makeTls() throws Exception {
    KeyPair pair = RsaKeys.one();
    Instant now = Instant.now();
    X500Name name = new X500Name("CN=Pebble's own TLS");
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(now.toEpochMilli()),
            Date.from(now.minus(1, ChronoUnit.HOURS)),
            Date.from(now.plus(1, ChronoUnit.DAYS)),
            name,
            pair.getPublic());
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
              new GeneralName(GeneralName.dNSName, "localhost")
            }));
    byte[] der =
        builder
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()))
            .getEncoded();
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der));
    Files.writeString(trust(), pem(certificate));
    Files.writeString(directory.resolve("tls.key"), pem(pair.getPrivate()));
    return tls(certificate, pair);
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }

  private static SSLContext tls(X509Certificate certificate, KeyPair pair) throws Exception {
    char[] password = "fake-password".toCharArray();
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("trusted", certificate);
    store.setKeyEntry("key", pair.getPrivate(), password, new X509Certificate[] {certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), managers.getTrustManagers(), null);
    return context;
  }

  private Process run(String program, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Redirect log = Redirect.to(directory.resolve(program + ".log").toFile());
    Process process = builder.redirectErrorStream(true).redirectOutput(log).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  private void awaitPort(int port) throws Exception {
    for (int tries = 0; tries < 200; tries++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        Thread.sleep(50);
      }
    }
    throw new IllegalStateException("nothing listens; see the logs in " + directory);
  }

  @Override
  public void close() {
    pebble.destroyForcibly();
    challenges.destroyForcibly();
    client.close();
  }
}
