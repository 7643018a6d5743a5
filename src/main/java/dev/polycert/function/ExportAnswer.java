package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.order.Exported;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.provider.Export;
import dev.polycert.provider.PrivateKeyPem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * A certificate, or why there is none.
 *
 * @param certificate the end-entity certificate in PEM
 * @param chain the intermediate certificates in PEM
 * @param privateKey in PEM, when it was asked for and the vendor has it
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
    @Nullable ErrorView error) {

  static ExportAnswer of(Exported exported) {
    Order order = exported.order();
    Export export = exported.export();
    PrivateKeyPem key = export == null ? null : export.privateKey();
    return new ExportAnswer(
        order.id(),
        order.domain().ascii(),
        order.provider(),
        export == null ? null : export.certificate(),
        export == null ? null : export.chain(),
        key == null ? null : key.reveal(),
        ErrorView.ofNullable(exported.error()));
  }

  /** Names the order alone, because the other members may be a key. */
  @Override
  public String toString() {
    return "ExportAnswer[" + orderId + "]";
  }
}
