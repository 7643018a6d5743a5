package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.order.Deployed;
import dev.polycert.order.OrderId;
import dev.polycert.provider.Deployment;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the deployments are. */
@RegisterForReflection
public record DeployAnswer(List<Entry> orders) {

  public DeployAnswer {
    orders = List.copyOf(orders);
  }

  /**
   * @param deployment how far it is; ask again while it is DEPLOYING
   * @param error why there is none
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Entry(
      OrderId orderId,
      String domain,
      String provider,
      @Nullable Deployment deployment,
      @Nullable ErrorView error) {

    private static Entry of(Deployed deployed) {
      return new Entry(
          deployed.order().id(),
          deployed.order().domain().ascii(),
          deployed.order().provider(),
          deployed.deployment(),
          ErrorView.ofNullable(deployed.error()));
    }
  }

  static DeployAnswer of(List<Deployed> deployed) {
    return new DeployAnswer(deployed.stream().map(Entry::of).toList());
  }
}
