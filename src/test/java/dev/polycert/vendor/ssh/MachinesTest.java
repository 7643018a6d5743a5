package dev.polycert.vendor.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.jcraft.jsch.JSch;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.EnvConfigSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachinesTest {
  private static final String FINGERPRINT = "SHA256:" + "A".repeat(43);
  private static final Map<String, String> WEB =
      Map.of(
          "address", "web.example.com",
          "user", "deploy",
          "host-keys", FINGERPRINT,
          "password", "canary of logins",
          "base", "/etc/tls");

  private static Map<String, String> settings(String name, Map<String, String> of) {
    Map<String, String> settings = new HashMap<>();
    of.forEach(
        (setting, value) ->
            settings.put("polycert.deliver.ssh.host." + name + "." + setting, value));
    return settings;
  }

  private static String wrong(Map<String, String> settings, String name) {
    return new Machines(SshMachines.config(settings)).find(name)
            instanceof Machines.Found.Wrong(String why, _)
        ? why
        : "";
  }

  @ParameterizedTest
  @CsvSource({
    "address, ADDRESS",
    "user, USER",
    "host-keys, HOST_KEYS",
    "password, PRIVATE_KEY",
    "base, BASE"
  })
  void whatIsNotSetIsNamedByItsVariable(String setting, String variable) {
    Map<String, String> settings = settings("web", WEB);
    assertThat(wrong(settings, "web")).isEmpty();

    settings.remove("polycert.deliver.ssh.host.web." + setting);

    assertThat(wrong(settings, "web")).contains("POLYCERT_DELIVER_SSH_HOST_WEB_" + variable);
    assertThat(wrong(settings, "db")).contains("one of web");
  }

  @Test
  void allThatAMachineLacksIsNamedAtOnceUnlessAnotherOneIsThere() {
    Map<String, String> settings =
        new HashMap<>(Map.of("polycert.deliver.ssh.host.web.address", "web.example.com"));
    String web = "POLYCERT_DELIVER_SSH_HOST_WEB_";

    assertThat(new Machines(SshMachines.config(settings)).missing())
        .containsExactly(web + "USER", web + "HOST_KEYS", web + "PRIVATE_KEY", web + "BASE");
    assertThat(wrong(settings, "web")).contains(web + "USER", web + "HOST_KEYS", web + "BASE");

    settings.putAll(settings("db", WEB));

    assertThat(new Machines(SshMachines.config(settings)).missing()).isEmpty();
  }

  @Test
  void machinesThatGoThroughEachOtherAreRefused() {
    Map<String, String> settings = settings("web", WEB);
    settings.putAll(settings("db", WEB));
    settings.put("polycert.deliver.ssh.host.web.jump", "db");
    assertThat(wrong(settings, "web")).isEmpty();

    settings.put("polycert.deliver.ssh.host.db.jump", "web");

    assertThat(wrong(settings, "web")).contains("in a circle");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SHA256:short",
        "MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48",
        "@cert-authority *.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA",
        "web.example.com",
        "ssh-ed25519"
      })
  void whatIsNoKeyPinsNothing(String text) {
    assertThat(read(text)).isInstanceOf(PinnedKeys.Read.None.class);
    assertThat(read(FINGERPRINT + "\n" + text) instanceof PinnedKeys.Read.Pinned)
        .isEqualTo(text.isEmpty());
  }

  private static PinnedKeys.Read read(String text) {
    return PinnedKeys.read(text, "web.example.com", 2222);
  }

  private static String pinned(String text) {
    return read(text) instanceof PinnedKeys.Read.Pinned(PinnedKeys keys) ? keys.toString() : "";
  }

  @Test
  void severalFingerprintsMayStandInOneLine() {
    assertThat(pinned(FINGERPRINT + ", SHA256:" + "B".repeat(43)))
        .isEqualTo(FINGERPRINT + ", SHA256:" + "B".repeat(43));
  }

  @Test
  void whatSshKeygenShowsIsTakenAsItIs() throws Exception {
    assertThat(pinned("\uFEFF256 " + FINGERPRINT + " root@web (ED25519)\r\n"))
        .isEqualTo(FINGERPRINT);
    assertThat(pinned("\uFEFFweb.example.com " + key("web") + "\r\ndb " + key("db") + "\r\n"))
        .isEqualTo(fingerprint("web"));
  }

  /** Names, and whether the line is about {@code web.example.com} at port 2222. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "[web.example.com]:2222 true",
        "web.example.com true",
        "WEB.example.com,10.0.0.1 true",
        "*.example.com true",
        "web?example.com true",
        "*.example.com,!web.example.com false",
        "[web.example.com]:22 false",
        "web.example.com.evil.example false",
        // The hash of [web.example.com]:2222, and another one.
        "|1|HASHED true",
        "|1|MDAwMDAwMDAwMDAwMDAwMDAwMDA=|MDAwMDAwMDAwMDAwMDAwMDAwMDA= false",
      })
  void aMachineMayShowTheKeysOfTheLinesThatNameItAlone(String names, boolean about)
      throws Exception {
    String named = names.equals("|1|HASHED") ? hashed("[web.example.com]:2222") : names;
    String text = "db.example.com " + key("db") + "\n" + named + " " + key("web");

    assertThat(pinned(text)).isEqualTo(about ? fingerprint("web") : "");
    if (!about) {
      assertThat(((PinnedKeys.Read.None) read(text)).why())
          .contains("several machines", "web.example.com");
    }
    assertThat(pinned(key("bare") + "\nweb.example.com " + key("web")))
        .isEqualTo(fingerprint("bare") + ", " + fingerprint("web"));
    assertThat(pinned("10.0.0.1 " + key("web")))
        .as("one machine, by a name of its own")
        .isEqualTo(fingerprint("web"));
  }

  @Test
  void aRevokedKeyIsNotPinned() throws Exception {
    String revoked = "@revoked 10.0.0.1 " + key("old");

    assertThat(pinned("web.example.com " + key("web") + "\n" + revoked))
        .isEqualTo(fingerprint("web"));
    assertThat(pinned("web.example.com " + key("old") + "\n" + revoked)).isEmpty();
    assertThat(pinned(fingerprint("old") + "\n" + revoked)).isEmpty();
    assertThat(pinned(revoked)).isEmpty();
    assertThat(((PinnedKeys.Read.None) read("@cert-authority * " + key("ca"))).why())
        .contains("names a CA");
  }

  private static byte[] bytes(String name) {
    byte[] start = {0, 0, 0, 11};
    byte[] text = ("ssh-ed25519" + name.repeat(20)).getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(start, start.length + text.length);
    System.arraycopy(text, 0, all, start.length, text.length);
    return all;
  }

  private static String key(String name) {
    return "ssh-ed25519 " + Base64.getEncoder().encodeToString(bytes(name)) + " a comment";
  }

  private static String fingerprint(String name) throws GeneralSecurityException {
    return "SHA256:"
        + Base64.getEncoder()
            .withoutPadding()
            .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes(name)));
  }

  private static String hashed(String name) throws GeneralSecurityException {
    byte[] salt = new byte[20];
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(salt, "HmacSHA1"));
    Base64.Encoder base64 = Base64.getEncoder();
    return "|1|%s|%s"
        .formatted(
            base64.encodeToString(salt),
            base64.encodeToString(mac.doFinal(name.getBytes(StandardCharsets.UTF_8))));
  }

  @ParameterizedTest
  @CsvSource({
    "address, https://web.example.com, ADDRESS must be a host",
    "address, web.example.com:22, ADDRESS must be a host",
    "port, 0, 'PORT must be 1 to 65535, not 0'",
    "port, 65536, 'PORT must be 1 to 65535, not 65536'",
    "host-keys, MD5:aa:bb, HOST_KEYS must be fingerprints",
    "private-key, canary, PRIVATE_KEY must be the text of a private key",
    "base, etc/tls, BASE must be an absolute path",
    "store-password, short, STORE_PASSWORD must be 8 or more",
    "jump, gate, JUMP names no machine: there are web",
    "jump, web, 'JUMP goes through more than 3 machines, or in a circle'"
  })
  void whatIsSetWronglyIsNamedAtTheStart(String setting, String value, String says) {
    Map<String, String> settings = settings("web", WEB);
    assertThat(new Machines(SshMachines.config(settings)).wrong()).isEmpty();

    settings.put("polycert.deliver.ssh.host.web." + setting, value);

    assertThat(new Machines(SshMachines.config(settings)).wrong())
        .singleElement(STRING)
        .startsWith("POLYCERT_DELIVER_SSH_HOST_WEB_" + says)
        .doesNotContain("canary");
  }

  @Test
  void variablesOfTheEnvironmentAreRead() {
    Map<String, String> environment = new HashMap<>();
    WEB.forEach(
        (setting, value) ->
            environment.put(
                "POLYCERT_DELIVER_SSH_HOST_WEB_"
                    + setting.toUpperCase(Locale.ROOT).replace('-', '_'),
                value));
    SshConfig config = SshMachines.config(new EnvConfigSource(environment, 300));

    assertThat(new Machines(config).find("web")).isInstanceOf(Machines.Found.Usable.class);
    assertThat(new Machines(config).find("web").toString()).doesNotContain("canary");
  }

  /** Else a native executable has them not. */
  @Test
  void whatTheLibraryMakesByNameIsRegistered() {
    List<String> registered =
        List.of(LibraryClasses.class.getAnnotation(RegisterForReflection.class).classNames());
    List<String> names = new ArrayList<>(List.of("random", "dh", "xdh", "ecdh-sha2-nistp"));
    Connection.ALGORITHMS.forEach(
        (setting, value) -> {
          for (String name : value.split(",")) {
            names.add(setting.equals("PreferredAuthentications") ? "userauth." + name : name);
          }
        });
    names.remove("yes");

    assertThat(names)
        .hasSizeGreaterThan(30)
        .allSatisfy(name -> assertThat(registered).contains(JSch.getConfig(name)));
  }
}
