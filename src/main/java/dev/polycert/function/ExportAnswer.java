package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.call.VendorError;
import dev.polycert.order.Exported;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.provider.Export;
import dev.polycert.provider.PrivateKeyPem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A certificate, or why there is none.
 *
 * @param certificate the end-entity certificate in PEM
 * @param chain the intermediate certificates in PEM
 * @param privateKey in PEM, when it was asked for and the vendor has it
 * @param pkcs12 all three in one file in base64, when that was asked for
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExportAnswer(
    OrderId orderId,
    String domain,
    String provider,
    @Nullable String certificate,
    @Nullable String chain,
    @Nullable String privateKey,
    @Nullable String pkcs12,
    @Nullable ErrorView error) {

  static ExportAnswer of(Exported exported, ExportRequest request) {
    Export export = exported.export();
    if (export == null) {
      return of(exported.order(), null, null, null, null, exported.error());
    }
    PrivateKeyPem key = export.privateKey();
    if (request.format() == ExportFormat.PEM) {
      return of(
          exported.order(),
          export.certificate(),
          export.chain(),
          key == null ? null : key.reveal(),
          null,
          exported.error());
    }
    return Pkcs12.of(export, Objects.requireNonNull(request.password()))
        .map(file -> of(exported.order(), null, null, null, file, null))
        .orElseGet(() -> of(exported.order(), null, null, null, null, Pkcs12.UNUSABLE));
  }

  private static ExportAnswer of(
      Order order,
      @Nullable String certificate,
      @Nullable String chain,
      @Nullable String privateKey,
      @Nullable String pkcs12,
      @Nullable VendorError error) {
    return new ExportAnswer(
        order.id(),
        order.domain().ascii(),
        order.provider(),
        certificate,
        chain,
        privateKey,
        pkcs12,
        ErrorView.ofNullable(error));
  }

  /** Names the order alone, because the other members may be a key. */
  @Override
  public String toString() {
    return "ExportAnswer[" + orderId + "]";
  }
}
