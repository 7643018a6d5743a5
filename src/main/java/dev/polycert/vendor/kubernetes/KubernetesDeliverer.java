package dev.polycert.vendor.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Suppliers;
import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.Caller;
import dev.polycert.call.Callers;
import dev.polycert.call.Credentials;
import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.HiddenKeys;
import dev.polycert.call.JsonBody;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.Peers;
import dev.polycert.call.RestClients;
import dev.polycert.call.Service;
import dev.polycert.call.ServiceSettings;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Deliverer;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Makes certificates Secrets of the type {@code kubernetes.io/tls} by server-side apply: one call,
 * which makes a Secret or changes it, and changes nothing when it is repeated. Fields that another
 * manager has set differently are left to it unless the target says otherwise.
 */
@ApplicationScoped
public class KubernetesDeliverer implements Deliverer {
  private static final String NAMESPACE = "namespace";
  private static final String NAME = "name";
  private static final String FORCE = "force";

  private static final String MANAGER = "polycert";
  private static final String TLS = "kubernetes.io/tls";
  private static final String CONFLICT = "FieldManagerConflict";
  private static final Path POD = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private static final Descriptor SERVICE =
      Descriptor.of(
              "kubernetes",
              "a Secret of a Kubernetes cluster, of the type `kubernetes.io/tls`, by server-side"
                  + " apply; a renewal changes it")
          .variable(Cluster.ENDPOINT, false, "of the API server; in a pod, its own cluster")
          .variable(Cluster.TOKEN, false, "of an account; in a pod, the pod's own")
          .variable(Cluster.CA, false, "PEM; in a pod, the cluster's own")
          .access("a role that may `patch` and `create` Secrets of the namespace")
          .required(NAMESPACE, "the namespace, which has to exist")
          .required(NAME, "the Secret's name; made where there is none")
          .option(
              FORCE,
              "true: take the certificate's fields over from another manager of them; false"
                  + " (default): report the conflict");

  /** "Object Names and IDs": a DNS label, and a DNS subdomain. */
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private static final Pattern SUBDOMAIN =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  /** The prefix that replaces an asterisk in other targets cannot be part of a Secret's name. */
  private static final String WILDCARD = "_wildcard.";

  /** The reasons of a Status ("API Conventions", "Response Status Kind"). */
  private static final ErrorTable ERRORS =
      ErrorTable.unlistedAre(ErrorClass.FINAL)
          .put(ErrorClass.CREDENTIALS, "Unauthorized", "Forbidden")
          .put(ErrorClass.THROTTLED, "TooManyRequests")
          .put(ErrorClass.RETRY, "Timeout", "ServerTimeout", "InternalError", "ServiceUnavailable")
          // Another write came in between.
          .put(ErrorClass.RETRY, "Conflict", "AlreadyExists")
          .put(ErrorClass.FINAL, CONFLICT, "BadRequest", "Invalid", "NotFound", "MethodNotAllowed")
          .put(ErrorClass.FINAL, "Gone", "NotAcceptable", "UnsupportedMediaType")
          .put(ErrorClass.FINAL, "RequestEntityTooLarge")
          .build();

  private static final JsonEnvelope ENVELOPE =
      JsonEnvelope.of(ERRORS, "Audit-Id", KubernetesDeliverer::error);

  private final Service service;
  private final Cluster cluster;
  private final Caller caller;
  private final Supplier<KubernetesApi> api;

  KubernetesDeliverer(
      Config config, KubernetesConfig settings, RestClients clients, Callers callers) {
    cluster = new Cluster(config, settings, POD);
    service = new Service(SERVICE, Account.current(SERVICE.id(), cluster.missing()));
    caller = callers.of(SERVICE, new ServiceSettings(Optional.empty()));
    api =
        Suppliers.memoize(
            () ->
                clients.build(
                    KubernetesApi.class,
                    cluster.endpoint(),
                    request -> {},
                    new Peers(cluster.roots(), address -> true)));
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  public List<String> wrongSettings() {
    return cluster.wrong();
  }

  @Override
  public Optional<String> place() {
    return Optional.of(NAME);
  }

  @Override
  public Map<String, String> wrong(Map<String, String> options) {
    Map<String, String> wrong = new HashMap<>();
    if (!LABEL.matcher(options.getOrDefault(NAMESPACE, "")).matches()) {
      wrong.put(
          NAMESPACE, "must be 1 to 63 lower-case letters, digits and '-', default for example");
    }
    if (!SUBDOMAIN.matcher(secret(options)).matches()) {
      wrong.put(
          NAME,
          "must be 1 to 253 lower-case letters, digits, '-' and '.', www.example.com for example");
    }
    if (!options.getOrDefault(FORCE, "false").matches("true|false")) {
      wrong.put(FORCE, "must be true or false");
    }
    return wrong;
  }

  private static String secret(Map<String, String> options) {
    return options.getOrDefault(NAME, "").replace(WILDCARD, WILDCARD.substring(1));
  }

  @Override
  public Uni<Answer<String>> deliver(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      @Nullable String earlier,
      WriteContext context) {
    Map<String, String> wrong = wrong(options);
    if (!service.account().configured()) {
      return service.account().<String>unconfigured().now();
    }
    if (!wrong.isEmpty()) {
      return failed(ErrorClass.FINAL, "Target.Invalid", wrong.toString()).now();
    }
    return Uni.createFrom()
        .item(this::read)
        .runSubscriptionOn(Thread::startVirtualThread)
        .flatMap(
            read ->
                switch (read) {
                  case Answer.Success<Ready>(Ready ready, _) ->
                      apply(ready, certificate, options, context);
                  case Answer.Failed<Ready> failed -> failed.<String>of().now();
                });
  }

  /** What a call needs and only files may have. */
  private record Ready(KubernetesApi api, String token) {
    @Override
    public String toString() {
      return "Ready[***]";
    }
  }

  private Answer<Ready> read() {
    try {
      return Answer.of(new Ready(api.get(), cluster.token()));
    } catch (UncheckedIOException unreadable) {
      return Answer.refused(
          new VendorError(
              ErrorClass.CREDENTIALS,
              "Pod.NoAccount",
              "the pod's account cannot be read: " + unreadable.getMessage()));
    }
  }

  private Uni<Answer<String>> apply(
      Ready ready,
      CertificateBundle certificate,
      Map<String, String> options,
      WriteContext context) {
    String namespace = Objects.requireNonNull(options.get(NAMESPACE));
    String name = secret(options);
    Boolean force = Boolean.parseBoolean(options.get(FORCE)) ? Boolean.TRUE : null;
    byte[] body = body(namespace, name, certificate);
    Decoder<String> applied =
        ENVELOPE.decoder(
            root ->
                Optional.of(root)
                    .filter(secret -> TLS.equals(JsonEnvelope.first(secret, "type")))
                    .map(secret -> namespace + "/" + name),
            "the Secret");
    return caller.write(
        "ApplySecret",
        context,
        () ->
            ready
                .api()
                .applySecret("Bearer " + ready.token(), namespace, name, MANAGER, force, body),
        new HiddenKeys(Credentials.known("", ready.token(), null)).hiding(applied));
  }

  private static byte[] body(String namespace, String name, CertificateBundle certificate) {
    String key = Objects.requireNonNull(certificate.privateKey()).reveal();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("apiVersion", "v1").put("kind", "Secret");
    root.putObject("metadata").put("name", name).put("namespace", namespace);
    root.put("type", TLS);
    root.putObject("data")
        .put("tls.crt", base64(certificate.fullChain()))
        .put("tls.key", base64(Pem.text(key)));
    return JsonBody.of(root);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /** A conflict with another manager has a cause of its own in the details. */
  private static Optional<JsonEnvelope.Said> error(JsonNode root, boolean failed) {
    if (!failed) {
      return Optional.empty();
    }
    boolean conflict =
        root.path("details")
            .path("causes")
            .valueStream()
            .anyMatch(cause -> CONFLICT.equals(cause.path("reason").asText()));
    return JsonEnvelope.Said.in(root, "reason", "message")
        .map(said -> conflict ? new JsonEnvelope.Said(CONFLICT, said.message()) : said);
  }

  private static Answer<String> failed(ErrorClass errorClass, String code, String message) {
    return Answer.refused(new VendorError(errorClass, code, message));
  }
}
