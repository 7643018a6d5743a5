package dev.polycert.vendor.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Suppliers;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.Caller;
import dev.polycert.call.Callers;
import dev.polycert.call.Credentials;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.HttpAnswer;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.Peers;
import dev.polycert.call.Receiver;
import dev.polycert.call.RestClients;
import dev.polycert.call.RestClients.TooLargeException;
import dev.polycert.call.Service;
import dev.polycert.call.ServiceSettings;
import dev.polycert.call.StatusCodes;
import dev.polycert.call.VendorError;
import dev.polycert.call.WebhookSecrets;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.Stage;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Sends certificates to an HTTPS endpoint of the operator's own. A receiver knows a repetition by
 * the id of the message; what was superseded is named in the next, also where its receipt was not
 * confirmed.
 */
@ApplicationScoped
public class WebhookDeliverer implements Deliverer {
  private static final String URL = "url";
  private static final String WITH_KEY = "includePrivateKey";
  private static final String SECRET = "POLYCERT_DELIVER_WEBHOOK_SECRET";

  private static final Descriptor SERVICE =
      Descriptor.of(
              "webhook",
              "an HTTPS endpoint of yours, by a POST that is signed as Standard Webhooks define; a"
                  + " renewal names the message that it replaces")
          .secret(SECRET)
          .access("`whsec_` and the base64 of 24 to 64 bytes; two with a blank between both sign")
          .required(URL, "where to, https://hooks.example.com/certificates for example")
          .option(
              WITH_KEY,
              "true: the message has the private key; false (default): only the certificate and"
                  + " its chain");

  private static final ErrorTable STATUSES =
      ErrorTable.unlistedAre(ErrorClass.FINAL).put(ErrorClass.RETRY, "HTTP.408").build();

  /** Of receivers whose rate and health are kept. */
  private static final int MOST_RECEIVERS = 1000;

  private final Service service;
  private final Optional<WebhookSecrets> secrets;
  private final List<String> wrongSettings;
  private final Receiver receiver;
  private final Supplier<WebhookApi> api;
  private final Callers callers;
  private final Cache<String, Caller> byAuthority =
      CacheBuilder.newBuilder().maximumSize(MOST_RECEIVERS).build();

  WebhookDeliverer(Config config, WebhookConfig webhook, RestClients clients, Callers callers) {
    Credentials credentials = Credentials.of(config, SERVICE);
    List<String> missing = new ArrayList<>(credentials.missing());
    secrets = missing.isEmpty() ? WebhookSecrets.read(credentials.secret()) : Optional.empty();
    if (missing.isEmpty() && secrets.isEmpty()) {
      wrongSettings =
          List.of(
              NamedAccount.variable(SECRET) + " must be whsec_ and the base64 of 24 to 64 bytes");
      missing.add(NamedAccount.variable(SECRET) + " as whsec_ and the base64 of 24 to 64 bytes");
    } else {
      wrongSettings = List.of();
    }
    service = new Service(SERVICE, Account.current(SERVICE.id(), missing));
    receiver =
        new Receiver(
            webhook.allowPrivateAddresses(), "POLYCERT_DELIVER_WEBHOOK_ALLOW_PRIVATE_ADDRESSES");
    // Each request has its own address.
    api =
        Suppliers.memoize(
            () ->
                clients.build(
                    WebhookApi.class,
                    URI.create("https://webhook.invalid"),
                    request -> {},
                    new Peers(null, receiver::allows)));
    this.callers = callers;
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  public List<String> wrongSettings() {
    return wrongSettings;
  }

  @Override
  public Map<String, String> wrong(Map<String, String> options) {
    Map<String, String> wrong = new HashMap<>();
    receiver.wrong(options.get(URL)).ifPresent(why -> wrong.put(URL, why));
    if (!options.getOrDefault(WITH_KEY, "false").matches("true|false")) {
      wrong.put(WITH_KEY, "must be true or false");
    }
    return wrong;
  }

  @Override
  public Uni<Answer<String>> deliver(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      @Nullable String earlier,
      WriteContext context) {
    return deliver(
        Consignment.first(domain, certificate, options, Consignment.Source.NONE, earlier), context);
  }

  @Override
  public Uni<Answer<Stage>> advance(Consignment consignment, WriteContext context) {
    return deliver(consignment, context).map(answer -> answer.map(Stage.Done::new));
  }

  private Uni<Answer<String>> deliver(Consignment consignment, WriteContext context) {
    Map<String, String> options = consignment.options();
    CertificateBundle certificate = consignment.certificate();
    Map<String, String> wrong = wrong(options);
    Optional<X509Certificate> leaf = Pem.certificate(certificate.certificate());
    if (secrets.isEmpty()) {
      return service.account().<String>unconfigured().now();
    }
    if (!wrong.isEmpty()) {
      return failed("Target.Invalid", wrong.toString());
    }
    if (leaf.isEmpty()) {
      return failed("Certificate.Unreadable", "the certificate is no X.509 certificate in PEM");
    }
    String url = Objects.requireNonNull(options.get(URL));
    boolean withKey = Boolean.parseBoolean(options.get(WITH_KEY));
    return send(
        url,
        Message.of(
            url,
            consignment.domain(),
            certificate,
            leaf.get(),
            withKey,
            consignment.earlier(),
            consignment.unconfirmed()),
        secrets.get(),
        context);
  }

  private Uni<Answer<String>> send(
      String url, Message message, WebhookSecrets signing, WriteContext context) {
    Caller caller = caller(url);
    return caller.write(
        "Post",
        context,
        () -> {
          long seconds = caller.clock().instant().getEpochSecond();
          String signature = signing.sign(message.id(), seconds, message.body());
          return api.get()
              .post(url, message.id(), seconds, signature, message.body())
              .onFailure(failure -> TooLargeException.in(failure).isPresent())
              .recoverWithItem(WebhookDeliverer::withoutBody);
        },
        signing.hiding(answer -> decode(answer, message)));
  }

  /** The status alone counts, so a body that is too long to read may be left out. */
  private static Response withoutBody(Throwable failure) {
    return Response.status(TooLargeException.in(failure).orElseThrow().status()).build();
  }

  /** One for each server, so that none of them waits for another that is slow or down. */
  private Caller caller(String url) {
    String authority = URI.create(url).getRawAuthority();
    try {
      return byAuthority.get(
          authority,
          () ->
              callers.of(
                  SERVICE,
                  new ServiceSettings(Optional.empty(), Optional.of(authority), Map.of())));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every 2xx is a success, and nothing else is ("Delivery success" in Standard Webhooks). */
  private static Answer<String> decode(HttpAnswer answer, Message message) {
    int status = answer.status();
    if (status / 100 == 2) {
      return Answer.of(message.id());
    }
    String code = "HTTP." + status;
    return Answer.refused(
        new VendorError(
            StatusCodes.classify(STATUSES, code, status),
            code,
            message(answer),
            null,
            answer.retryAfter()));
  }

  private static String message(HttpAnswer answer) {
    String body = new String(answer.body(), UTF_8);
    if (answer.status() / 100 == 3) {
      String redirect = "redirects are not followed: give the address that it leads to as " + URL;
      return body.isBlank() ? redirect : redirect + "; " + body;
    }
    return body.isBlank() ? "the receiver gave no reason" : body;
  }

  private static Uni<Answer<String>> failed(String code, String message) {
    return Answer.<String>refused(new VendorError(ErrorClass.FINAL, code, message)).now();
  }
}
