package dev.polycert.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** One call of an HTTP API, with a JSON body. */
public final class HttpCall {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String root;
  private final Check check;
  private final HttpRequest.Builder request =
      HttpRequest.newBuilder().header("Content-Type", "application/json");
  private final List<String> query = new ArrayList<>();
  private String body = "";

  /** Looks at each answer. */
  public interface Check {
    void check(String method, String path, int status, String type, String body);
  }

  /**
   * Begins a call.
   *
   * @param root of the API, without a slash at its end
   */
  public HttpCall(String root) {
    this(root, (method, path, status, type, body) -> {});
  }

  public HttpCall(String root, Check check) {
    this.root = root;
    this.check = check;
  }

  public HttpCall header(String name, String value) {
    request.header(name, value);
    return this;
  }

  public HttpCall basic(String user, String password) {
    String both = user + ":" + password;
    return header(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
  }

  public HttpCall query(String name, Object value) {
    query.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
    return this;
  }

  /** A text as it is, anything else as JSON. */
  public HttpCall body(Object value) {
    try {
      body = value instanceof String text ? text : JsonHttp.JSON.writeValueAsString(value);
      return this;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public HttpAnswer get(String path) {
    return send("GET", path);
  }

  public HttpAnswer post(String path) {
    return send("POST", path);
  }

  public HttpAnswer send(String method, String path) {
    String target = query.isEmpty() ? path : path + "?" + String.join("&", query);
    HttpRequest.BodyPublisher content =
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    try {
      HttpResponse<String> response =
          CLIENT.send(
              request.uri(URI.create(root + target)).method(method, content).build(),
              HttpResponse.BodyHandlers.ofString());
      String type = response.headers().firstValue("Content-Type").orElse("");
      check.check(method, path, response.statusCode(), type, response.body());
      return new HttpAnswer(response.statusCode(), type, response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
