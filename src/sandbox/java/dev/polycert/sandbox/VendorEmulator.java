package dev.polycert.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One vendor's API, emulated. Found by CDI. Requests are handled one at a time. */
public interface VendorEmulator {

  /**
   * A request as it came over the wire.
   *
   * @param path undecoded, without the query
   * @param rawQuery undecoded, without {@code ?}; empty when there is none
   * @param headers by lower-case name
   */
  record Request(
      String method, String path, String rawQuery, Map<String, String> headers, byte[] body) {

    /** Null when it was not sent. */
    public @Nullable String header(String lowerCaseName) {
      return headers.get(lowerCaseName);
    }

    /** Without blanks around it; empty when it was not sent. */
    public String headerText(String lowerCaseName) {
      return headers.getOrDefault(lowerCaseName, "").strip();
    }
  }

  /** An answer as it goes over the wire. */
  record Reply(int status, Map<String, String> headers, byte[] body) {

    public Reply {
      headers = Map.copyOf(headers);
    }

    /** Answers JSON with no other header. */
    public static Reply json(int status, String json) {
      return json(status, Map.of("Content-Type", "application/json"), json);
    }

    /** Answers JSON under these headers, of which one says so. */
    public static Reply json(int status, Map<String, String> headers, String json) {
      return new Reply(status, headers, json.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * The configuration names under which a vendor's access key is found, by the vendor's own
   * convention for environment variables, {@code TENCENTCLOUD_SECRET_ID}.
   */
  record CredentialNames(String accessKeyId, String secretKey, String token) {}

  /** The provider id whose service this emulates, {@code tencent-ssl}. */
  String provider();

  /** The names of the configuration that holds the access key of the emulated account. */
  CredentialNames credentialNames();

  /** Whether the request is for this service, by the headers and paths that the real one reads. */
  boolean accepts(Request request);

  /**
   * Whether the request is in the vendor's form. One that no service accepts is answered by the
   * first that reads it, with the vendor's error for an unknown API.
   */
  default boolean reads(Request request) {
    return false;
  }

  /** The operation asked for, as the vendor names it; faults are set for it. */
  default String operation(Request request) {
    return request.method() + " " + request.path();
  }

  /** Verifies the signature, then does what was asked. Never throws for a bad request. */
  Reply handle(Request request);

  /** The vendor's own answer when it fails inside and nothing was done. */
  default Reply internalError(Request request) {
    return Reply.json(500, "{\"message\":\"Internal Server Error\"}");
  }

  /** The vendor's own envelope of an error; nothing was done. */
  Reply refusal(Request request, int status, String code, String message);

  /**
   * Handles the part of the control API that is this vendor's alone: {@code POST
   * /_sandbox/tencent-ssl/paid} comes here as {@code paid}.
   *
   * @param path what follows {@code /_sandbox/<provider>/}
   */
  default Reply control(String method, String path, ControlBody body) {
    throw new ControlException(404, "path", provider() + " has no control " + method + " " + path);
  }
}
