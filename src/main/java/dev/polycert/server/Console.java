package dev.polycert.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Serves the console's own files and the description of the API: pages, styles and modules that
 * hold no data. They are open to those who have no key yet; what the console shows, it asks the API
 * for with the key that the person types in.
 */
@ApplicationScoped
public class Console {
  private static final String PAGE = "index.html";

  /** The files of this folder on the class path. */
  private static final List<String> OWN =
      List.of(
          PAGE,
          "console.css",
          "icon.svg",
          "api.js",
          "app.js",
          "apply.js",
          "certificates.js",
          "en.js",
          "expiries.js",
          "form.js",
          "format.js",
          "icons.js",
          "needs.js",
          "newcomer.js",
          "order.js",
          "parts.js",
          "served.js",
          "signin.js",
          "state.js",
          "text.js",
          "x509.js",
          "zh.js");

  private static final List<String> LIT =
      List.of("lit-html.js", "directive.js", "directive-helpers.js", "directives/repeat.js");

  /** Where the version of the library, which its address has, is the one that pom.xml names. */
  private static final String LIT_FOLDER = "META-INF/resources/_static/lit-html/3.3.1/";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml");

  private final Map<String, Asset> assets = new LinkedHashMap<>();
  private final String policy;

  Console(ServerConfig config, FirstKey key) {
    String sandbox = config.sandbox().orElse("");
    this.policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
            + " 'self'"
            + (sandbox.isEmpty() ? "" : " " + sandbox)
            + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    for (String name : OWN) {
      byte[] content = read("console/" + name);
      assets.put("/console/" + name, Asset.of(name, content));
    }
    LIT.forEach(
        name -> assets.put("/console/lit/" + name, Asset.of(name, read(LIT_FOLDER + name))));
    String page =
        new String(read("console/" + PAGE), StandardCharsets.UTF_8)
            .replace("{sandbox}", sandbox)
            .replace("{key}", key.isUnset() ? "none" : "needed");
    assets.put("/", Asset.of(PAGE, page.getBytes(StandardCharsets.UTF_8)));
    assets.remove("/console/" + PAGE);
    assets.put("/openapi.json", Asset.of("openapi.json", read("openapi.json")));
  }

  /** Answers a request for one of its files; false for all others, which are left to the API. */
  boolean answers(HttpServerRequest request) {
    String path = Objects.requireNonNullElse(request.path(), "");
    Asset asset = assets.get(path);
    boolean reads =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    if (asset == null || !reads || (path.equals("/") && !wantsPage(request))) {
      return false;
    }
    send(request, asset);
    return true;
  }

  /** A program that asks for JSON, or says nothing, gets what the API has at this path. */
  private static boolean wantsPage(HttpServerRequest request) {
    String accept = Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT), "");
    return accept.contains("text/html");
  }

  private void send(HttpServerRequest request, Asset asset) {
    HttpServerResponse response = request.response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, asset.type)
        .putHeader(HttpHeaders.ETAG, asset.tag)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader(HttpHeaders.VARY, "accept, accept-encoding")
        .putHeader("content-security-policy", policy)
        .putHeader("cross-origin-opener-policy", "same-origin")
        .putHeader("cross-origin-resource-policy", "same-origin")
        .putHeader("permissions-policy", "camera=(), geolocation=(), microphone=()")
        .putHeader("referrer-policy", "no-referrer")
        .putHeader("x-content-type-options", "nosniff");
    if (asset.tag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
      return;
    }
    boolean packed =
        Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT_ENCODING))
            .filter(accepted -> accepted.contains("gzip"))
            .isPresent();
    if (packed) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    Buffer body = packed ? asset.packed : asset.plain;
    if (request.method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length())).end();
    } else {
      response.end(body);
    }
  }

  /** A file as it is sent. */
  private record Asset(String type, String tag, Buffer plain, Buffer packed) {

    static Asset of(String name, byte[] content) {
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      return new Asset(
          Objects.requireNonNull(type, name), tag(content), Buffer.buffer(content), pack(content));
    }

    private static String tag(byte[] content) {
      try {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
        return '"' + HexFormat.of().formatHex(hash, 0, 8) + '"';
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }

    private static Buffer pack(byte[] content) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Buffer.buffer(packed.toByteArray());
    }
  }

  private static byte[] read(String resource) {
    try (InputStream in = Console.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the console's file " + resource + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
