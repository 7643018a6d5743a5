package dev.polycert.whole.secrecy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Secrets of every kind that occur nowhere else, and whether they are where they must not be. */
public final class Canaries {
  /** By environment variable. */
  public static final Map<String, String> SECRETS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("TENCENTCLOUD_SECRET_ID", "CANARYTENCENTKEYIDq8"),
              Map.entry("TENCENTCLOUD_SECRET_KEY", "canary/tencent+secret-Zk41"),
              Map.entry("TENCENTCLOUD_TOKEN", "canary-tencent-session-token-7Yp"),
              Map.entry("ALIBABA_CLOUD_ACCESS_KEY_ID", "CANARYALIBABAKEYIDw2"),
              Map.entry("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "canary/alibaba+secret-Hd07"),
              Map.entry("ALIBABA_CLOUD_SECURITY_TOKEN", "canary-alibaba-session-token-3Rt"),
              Map.entry("HUAWEICLOUD_SDK_AK", "CANARYHUAWEIKEYIDv55"),
              Map.entry("HUAWEICLOUD_SDK_SK", "canary/huawei+secret-Jm62"),
              Map.entry("HUAWEICLOUD_SDK_SECURITY_TOKEN", "canary-huawei-session-token-9Qx"),
              Map.entry("AWS_ACCESS_KEY_ID", "CANARYAWSKEYIDf31"),
              Map.entry("AWS_SECRET_ACCESS_KEY", "canary/aws+secret-Tn38"),
              Map.entry("AWS_SESSION_TOKEN", "canary/aws+session-token=4Kd"),
              Map.entry("CLOUDFLARE_API_TOKEN", "canary-cloudflare_token-Bw83"),
              Map.entry("RFC2136_TSIG_SECRET", key("canary of TSIG (RFC 8945): >>>??")),
              Map.entry(
                  "POLYCERT_ACME_CA_CANARY_EAB_HMAC", urlKey("canary of EAB at a CA >>>?? 0123")),
              Map.entry("POLYCERT_API_KEY", "canary/caller+key=Lp29"),
              Map.entry("POLYCERT_VAULT_KEY", key("canary of the vault's key >>>???")),
              Map.entry("POLYCERT_VAULT_KEY_PREVIOUS", key("canary of the vault's last >>>??"))));

  /** What every private key in PEM has in its first line. */
  public static final String PRIVATE_KEY = "PRIVATE KEY-----";

  /** All of them. */
  public static final Needles NEEDLES = Needles.of(SECRETS.values());

  private Canaries() {}

  private static String key(String bytes) {
    return Base64.getEncoder().encodeToString(bytes.getBytes(US_ASCII));
  }

  private static String urlKey(String bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.getBytes(US_ASCII));
  }

  /** The secret of that variable. */
  public static String of(String variable) {
    String secret = SECRETS.get(variable);
    if (secret == null) {
      throw new IllegalArgumentException("no canary for " + variable);
    }
    return secret;
  }

  /** All secrets whose variables begin like this, in every form. */
  public static String echo(String prefix) {
    return SECRETS.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> String.join(" is ", Needles.written(entry.getValue())))
        .collect(Collectors.joining(", "));
  }

  /** Whether a private key or any of the secrets, in any form, is in the text. */
  public static boolean in(String text) {
    return text.contains(PRIVATE_KEY) || NEEDLES.in(text);
  }
}
