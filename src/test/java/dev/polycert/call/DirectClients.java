package dev.polycert.call;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Signs and sends the calls of interfaces that post bytes to one path, as AWS's JSON services have
 * them, without the container that REST clients need.
 */
public final class DirectClients extends RestClients {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public DirectClients(SmallRyeConfig config, Vertx vertx) {
    super(config.getConfigMapping(HttpConfig.class), vertx);
  }

  @Override
  public <T> T build(Class<T> api, URI endpoint, ClientRequestFilter signer, Peers peers) {
    return api.cast(
        Proxy.newProxyInstance(
            api.getClassLoader(),
            new Class<?>[] {api},
            (proxy, method, arguments) ->
                Uni.createFrom()
                    .item(() -> sent(api, method, arguments, endpoint.resolve("/"), signer))));
  }

  private Response sent(
      Class<?> api, Method method, Object[] arguments, URI uri, ClientRequestFilter signer) {
    MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
    headers.add("Content-Type", api.getAnnotation(Consumes.class).value()[0]);
    byte[] body = new byte[0];
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof byte[] bytes) {
        body = bytes;
      } else {
        headers.add(parameters[i].getAnnotation(HeaderParam.class).value(), arguments[i]);
      }
    }
    try {
      signer.filter(request(uri, headers, body));
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(body));
      headers.forEach((name, values) -> request.header(name, values.getFirst().toString()));
      HttpResponse<byte[]> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      Response.ResponseBuilder response = Response.status(answer.statusCode());
      answer.headers().map().forEach((name, values) -> response.header(name, values.getFirst()));
      return response.entity(answer.body()).build();
    } catch (IOException broken) {
      throw new ProcessingException(broken);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** A request as signers see it. */
  static ClientRequestContext request(
      URI uri, MultivaluedMap<String, Object> headers, byte[] body) {
    return (ClientRequestContext)
        Proxy.newProxyInstance(
            ClientRequestContext.class.getClassLoader(),
            new Class<?>[] {ClientRequestContext.class},
            (proxy, called, arguments) ->
                switch (called.getName()) {
                  case "getMethod" -> "POST";
                  case "getUri" -> uri;
                  case "getEntity" -> body;
                  case "getHeaders" -> headers;
                  case "getStringHeaders" -> texts(headers);
                  default -> throw new UnsupportedOperationException(called.getName());
                });
  }

  private static MultivaluedMap<String, String> texts(MultivaluedMap<String, Object> headers) {
    MultivaluedMap<String, String> texts = new MultivaluedHashMap<>();
    headers.forEach((name, values) -> values.forEach(value -> texts.add(name, value.toString())));
    return texts;
  }
}
