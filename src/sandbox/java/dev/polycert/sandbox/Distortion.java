package dev.polycert.sandbox;

import dev.polycert.sandbox.VendorEmulator.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Spoils a vendor's answer in the way that a fault asks for. */
final class Distortion {
  private static final int OVERSIZE = 3 << 20;
  private static final int BOMB_MEBIBYTES = 64;
  private static final int DEPTH = 100_000;
  private static final Pattern NUMBER_OR_DIGITS = Pattern.compile(":(?:\"(\\d+)\"|(\\d+)(?=[,}]))");
  private static final Pattern ID_MEMBER =
      Pattern.compile(",?\"(?:RequestId|request_id)\":\"[^\"]*\"");
  private static final Pattern ID_VALUE =
      Pattern.compile("(\"(?:RequestId|request_id)\":\")[^\"]*");
  private static final Pattern ID_HEADER = Pattern.compile("(?i).*request-?id");

  private Distortion() {}

  static Reply halved(Reply reply) {
    return new Reply(
        reply.status(), reply.headers(), Arrays.copyOf(reply.body(), reply.body().length / 2));
  }

  /** Pads the answer with blanks, which change nothing in JSON. */
  static Reply oversized(Reply reply) {
    byte[] body = Arrays.copyOf(reply.body(), OVERSIZE);
    Arrays.fill(body, reply.body().length, OVERSIZE, (byte) ' ');
    return new Reply(reply.status(), reply.headers(), body);
  }

  static Reply html() {
    return new Reply(
        200,
        Map.of("Content-Type", "text/html"),
        "<html><body>Please sign in.</body></html>".getBytes(StandardCharsets.UTF_8));
  }

  /** The 503 of a gateway in front of the vendor. */
  static Reply unavailable() {
    return new Reply(
        503,
        Map.of("Content-Type", "text/html"),
        "<html><body>503 Service Temporarily Unavailable</body></html>"
            .getBytes(StandardCharsets.UTF_8));
  }

  static Reply redirect() {
    return new Reply(302, Map.of("Location", "http://127.0.0.1:1/"), new byte[0]);
  }

  static Reply with(Reply reply, String header, String value) {
    Map<String, String> headers = new HashMap<>(reply.headers());
    headers.put(header, value);
    return new Reply(reply.status(), headers, reply.body());
  }

  /** 64 MiB of zeros, which are 64 KiB on their way: members of a MiB each (RFC 1952, 2.2). */
  static Reply gzipBomb(Reply reply) {
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(member)) {
      zip.write(new byte[1 << 20]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < BOMB_MEBIBYTES; i++) {
      bytes.writeBytes(member.toByteArray());
    }
    Map<String, String> headers = new HashMap<>(reply.headers());
    headers.put("Content-Encoding", "gzip");
    return new Reply(reply.status(), headers, bytes.toByteArray());
  }

  static Reply deep(Reply reply) {
    return body(reply, text -> "{\"a\":".repeat(DEPTH) + text + "}".repeat(DEPTH));
  }

  /** Ids of 20 digits do not fit a number of Java's. */
  static Reply retyped(Reply reply) {
    return body(
        reply,
        text ->
            NUMBER_OR_DIGITS
                .matcher(text)
                .replaceAll(
                    found -> {
                      String digits = found.group(1);
                      return digits == null ? ":\"" + found.group(2) + "\"" : ":" + digits;
                    }));
  }

  static Reply doubled(Reply reply) {
    return body(
        reply,
        text -> {
          String members = text.strip();
          boolean object = members.startsWith("{") && members.length() > 2;
          String inside = object ? members.substring(1, members.length() - 1) : "";
          return object ? "{" + inside + "," + inside + "}" : text;
        });
  }

  static Reply edited(Reply reply, Fault.Edit edit) {
    return body(reply, text -> edit.pattern().matcher(text).replaceAll(edit.replacement()));
  }

  static Reply withoutRequestId(Reply reply) {
    Map<String, String> headers = new HashMap<>(reply.headers());
    headers.keySet().removeIf(name -> ID_HEADER.matcher(name).matches());
    Reply anonymous = new Reply(reply.status(), headers, reply.body());
    return body(anonymous, text -> ID_MEMBER.matcher(text).replaceAll("").replace("{,", "{"));
  }

  static Reply withRequestId(Reply reply, String id) {
    Map<String, String> headers = new HashMap<>(reply.headers());
    headers.replaceAll((name, value) -> ID_HEADER.matcher(name).matches() ? id : value);
    Reply named = new Reply(reply.status(), headers, reply.body());
    return body(
        named, text -> ID_VALUE.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(id)));
  }

  private static Reply body(Reply reply, UnaryOperator<String> change) {
    String text = new String(reply.body(), StandardCharsets.UTF_8);
    return new Reply(
        reply.status(), reply.headers(), change.apply(text).getBytes(StandardCharsets.UTF_8));
  }
}
