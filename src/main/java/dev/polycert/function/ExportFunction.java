package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.Limits;
import dev.polycert.function.read.OrderIdsReader;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.use.Export;
import dev.polycert.order.use.OwnOrders;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.KeyStoreFile;
import dev.polycert.provider.PrivateKeyPem;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Exports an issued certificate, with its private key only on request. */
@ApplicationScoped
public class ExportFunction implements Operation {
  private static final VendorError UNUSABLE =
      new VendorError(
          ErrorClass.FINAL,
          "Export.Unusable",
          "certificate, chain and key do not make a PKCS12 file: export them as PEM");

  private final Invocation invocation;
  private final Export export;
  private final OwnOrders own;

  ExportFunction(Invocation invocation, Export export, OwnOrders own) {
    this.invocation = invocation;
    this.export = export;
    this.own = own;
  }

  /** The Lambda function. */
  @Funq("export")
  public Uni<JsonNode> export(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "export";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/export", Scope.READ));
  }

  @Override
  public Uni<Answer> run(JsonNode input, Instant deadline) {
    return run(input, Principal.PROCESS, deadline);
  }

  @Override
  public Uni<Answer> run(JsonNode input, Principal caller, Instant deadline) {
    Request request = Request.read(input);
    if (request.includePrivateKey()) {
      new Limits(caller).scope("includePrivateKey", Scope.EXPORT_KEY).require();
    }
    return own.requireOwn(caller, request.order())
        .flatMap(checked -> export.export(request.order(), request.includePrivateKey(), deadline))
        // PKCS12 derives its key from the password slowly, which would block the event loop.
        .emitOn(Thread::startVirtualThread)
        .map(exported -> Answer.of(exported, request));
  }

  /**
   * The certificate to export, and whether with its key: one a request, never in bulk.
   *
   * @param password a secret, for {@link Format#PKCS12} only
   */
  record Request(
      OrderId order, boolean includePrivateKey, Format format, @Nullable String password) {
    private static final int SHORTEST_PASSWORD = 8;

    /**
     * Programs differ in how they turn other characters into the octets that RFC 7292, appendix
     * B.1, derives keys from: what one wrote, another could not open.
     */
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");

    /**
     * Reads a request.
     *
     * @throws dev.polycert.function.read.InvalidInput with all its errors
     */
    static Request read(JsonNode input) {
      Fields fields = Fields.of(input);
      Optional<OrderId> order = OrderIdsReader.one(fields);
      boolean includePrivateKey = Boolean.TRUE.equals(fields.flag("includePrivateKey"));
      Format chosen = fields.choice("format", Format.class);
      Format format = chosen == null ? Format.PEM : chosen;
      String password = fields.text("password");
      if (format.isPkcs12()) {
        requireKeyAndPassword(fields, includePrivateKey, password);
      } else if (password != null) {
        fields.error("password", "is for the formats PKCS12 and PKCS12_LEGACY alone");
      }
      fields.finish();
      return new Request(order.orElseThrow(), includePrivateKey, format, password);
    }

    private static void requireKeyAndPassword(
        Fields fields, boolean includePrivateKey, @Nullable String password) {
      if (!includePrivateKey) {
        fields.error("format", "PKCS12 holds the private key: includePrivateKey must be true");
      }
      boolean wrong = password == null && fields.has("password");
      if (!wrong && (password == null || password.length() < SHORTEST_PASSWORD)) {
        fields.error(
            "password", "PKCS12 needs one of at least " + SHORTEST_PASSWORD + " characters");
      } else if (password != null && !PRINTABLE.matcher(password).matches()) {
        fields.error(
            "password",
            "expected printable ASCII characters, because programs read others differently");
      }
    }

    /** Leaves out the password. */
    @Override
    public String toString() {
      return "ExportRequest[" + order + ", " + format + "]";
    }

    /** The form of the exported certificate. */
    enum Format {
      /** Certificate, chain and key as separate texts (RFC 7468). */
      PEM,
      /** One file that is protected by a password (RFC 7292), by AES-256 and HMAC-SHA-256. */
      PKCS12,
      /** The same for old readers, such as Windows Server 2016: by Triple DES and HMAC-SHA-1. */
      PKCS12_LEGACY;

      boolean isPkcs12() {
        return this != PEM;
      }
    }
  }

  /**
   * The certificate, or the error.
   *
   * @param certificate the end-entity certificate in PEM
   * @param chain the intermediate certificates in PEM
   * @param privateKey in PEM, if it was requested and the vendor has it
   * @param pkcs12 all three in one file in Base64, if that was requested
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Answer(
      OrderId orderId,
      String domain,
      String provider,
      @Nullable String label,
      @Nullable String certificate,
      @Nullable String chain,
      @Nullable String privateKey,
      @Nullable String pkcs12,
      @Nullable ErrorView error) {

    static Answer of(Export.Entry exported, Request request) {
      CertificateBundle bundle = exported.bundle();
      if (bundle == null) {
        return of(exported.order(), null, null, null, null, exported.error());
      }
      PrivateKeyPem key = bundle.privateKey();
      if (request.format() == Request.Format.PEM) {
        return of(
            exported.order(),
            bundle.certificate(),
            bundle.chain(),
            key == null ? null : key.reveal(),
            null,
            exported.error());
      }
      KeyStoreFile form =
          request.format() == Request.Format.PKCS12_LEGACY
              ? KeyStoreFile.PKCS12_LEGACY
              : KeyStoreFile.PKCS12;
      return form.of(bundle, Objects.requireNonNull(request.password()))
          .map(file -> Base64.getEncoder().encodeToString(file))
          .map(file -> of(exported.order(), null, null, null, file, null))
          .orElseGet(() -> of(exported.order(), null, null, null, null, UNUSABLE));
    }

    private static Answer of(
        Order order,
        @Nullable String certificate,
        @Nullable String chain,
        @Nullable String privateKey,
        @Nullable String pkcs12,
        @Nullable VendorError error) {
      return new Answer(
          order.id(),
          order.domain().ascii(),
          order.provider(),
          order.identity().label(),
          certificate,
          chain,
          privateKey,
          pkcs12,
          ErrorView.ofNullable(error));
    }

    /** Shows the order id only, because the other members may hold a key. */
    @Override
    public String toString() {
      return "ExportAnswer[" + orderId + "]";
    }
  }
}
