package dev.polycert.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.postgresql.TestDatabase.Config;
import dev.polycert.testing.PostgresqlServer;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server whose certificate is for 127.0.0.1 and no name. */
@RequiresPrograms({"postgres", "openssl"})
class TlsTest {
  @RegisterExtension static final Resources RESOURCES = new Resources();
  private static PostgresqlServer server;
  private static String database;
  private static Path certificate;

  @RegisterExtension final Resources resources = new Resources();

  @BeforeAll
  static void start() throws Exception {
    certificate = selfSigned("server");
    server = RESOURCES.add(PostgresqlServer.own("fsync=off"));
    database = server.newDatabase();
    Path installed = server.install("server.crt", Files.readString(certificate));
    Path key = server.install("server.key", Files.readString(key(certificate)));
    for (String setting :
        List.of(
            "ssl_cert_file = '" + installed + "'", "ssl_key_file = '" + key + "'", "ssl = on")) {
      server.admin(database, "ALTER SYSTEM SET " + setting);
    }
    server.stop("fast");
    server.start();
  }

  private static Path key(Path certificate) {
    return certificate.resolveSibling(certificate.getFileName() + ".key");
  }

  private static Path selfSigned(String name) throws IOException, InterruptedException {
    Path file = RESOURCES.directory().resolve(name);
    Process openssl =
        new ProcessBuilder(
                "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=fake -addext"
                    .concat(" subjectAltName=IP:127.0.0.1 -keyout ")
                    .concat(key(file) + " -out " + file)
                    .split(" "))
            .redirectErrorStream(true)
            .start();
    String output = new String(openssl.getInputStream().readAllBytes());
    assertThat(openssl.waitFor()).as(output).isZero();
    return file;
  }

  private TestDatabase open(String host, String mode, Path ca) {
    String url = "postgresql://%s:%d/%s%s".formatted(host, server.port(), database, mode);
    Config config = Config.of(url).withCa(ca).withTimeout(Duration.ofSeconds(25));
    return resources.add(TestDatabase.open(config));
  }

  private static boolean encrypted(TestDatabase open) {
    return open.run("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        .iterator()
        .next()
        .getBoolean(0);
  }

  @Test
  void aServerWithTheRightCertificateIsTrusted() {
    assertThat(encrypted(open("127.0.0.1", "", certificate))).isTrue();
  }

  @Test
  void aCertificateOfAnotherCaIsNotTrustedUnlessToldSo() throws Exception {
    Path other = selfSigned("other");

    for (String mode : List.of("", "?sslmode=verify-ca")) {
      assertThatThrownBy(() -> encrypted(open("127.0.0.1", mode, other)))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("POLYCERT_POSTGRESQL_CA");
    }
    assertThat(encrypted(open("127.0.0.1", "?sslmode=require", other))).isTrue();
  }

  @Test
  void aCertificateForAnotherNameIsNotTrustedUnlessToldSo() {
    assertThatThrownBy(() -> encrypted(open("localhost", "", certificate)))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("POLYCERT_POSTGRESQL_CA");
    assertThat(encrypted(open("localhost", "?sslmode=verify-ca", certificate))).isTrue();
  }

  @Test
  void withoutTlsNothingIsEncrypted() {
    assertThat(encrypted(open("127.0.0.1", "?sslmode=disable", certificate))).isFalse();
  }
}
