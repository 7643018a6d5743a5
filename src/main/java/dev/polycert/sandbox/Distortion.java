package dev.polycert.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a vendor's answer into one that something has happened to. */
final class Distortion {
  private static final int OVERSIZE = 3 << 20;
  private static final Pattern ID_MEMBER =
      Pattern.compile(",?\"(?:RequestId|request_id)\":\"[^\"]*\"");
  private static final Pattern ID_VALUE =
      Pattern.compile("(\"(?:RequestId|request_id)\":\")[^\"]*");
  private static final Pattern ID_HEADER = Pattern.compile("(?i).*request-id");

  private Distortion() {}

  static SandboxReply halved(SandboxReply reply) {
    return new SandboxReply(
        reply.status(), reply.headers(), Arrays.copyOf(reply.body(), reply.body().length / 2));
  }

  /** The same meaning, with blanks behind it. */
  static SandboxReply oversized(SandboxReply reply) {
    byte[] body = Arrays.copyOf(reply.body(), OVERSIZE);
    Arrays.fill(body, reply.body().length, OVERSIZE, (byte) ' ');
    return new SandboxReply(reply.status(), reply.headers(), body);
  }

  static SandboxReply html() {
    return new SandboxReply(
        200,
        Map.of("Content-Type", "text/html"),
        "<html><body>Please sign in.</body></html>".getBytes(StandardCharsets.UTF_8));
  }

  static SandboxReply edited(SandboxReply reply, Fault.Edit edit) {
    return body(reply, text -> edit.pattern().matcher(text).replaceAll(edit.replacement()));
  }

  static SandboxReply withoutRequestId(SandboxReply reply) {
    Map<String, String> headers = new HashMap<>(reply.headers());
    headers.keySet().removeIf(name -> ID_HEADER.matcher(name).matches());
    SandboxReply anonymous = new SandboxReply(reply.status(), headers, reply.body());
    return body(anonymous, text -> ID_MEMBER.matcher(text).replaceAll("").replace("{,", "{"));
  }

  static SandboxReply withRequestId(SandboxReply reply, String id) {
    Map<String, String> headers = new HashMap<>(reply.headers());
    headers.replaceAll((name, value) -> ID_HEADER.matcher(name).matches() ? id : value);
    SandboxReply named = new SandboxReply(reply.status(), headers, reply.body());
    return body(
        named, text -> ID_VALUE.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(id)));
  }

  private static SandboxReply body(SandboxReply reply, UnaryOperator<String> change) {
    String text = new String(reply.body(), StandardCharsets.UTF_8);
    return new SandboxReply(
        reply.status(), reply.headers(), change.apply(text).getBytes(StandardCharsets.UTF_8));
  }
}
