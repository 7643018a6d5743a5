package dev.polycert.vendor.tencent;

import dev.polycert.call.Answer;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.Stage;
import dev.polycert.deliver.StepwiseDeliverer;
import dev.polycert.provider.KeyForm;
import dev.polycert.sandbox.ForwardingEmulator;
import dev.polycert.sandbox.VendorEmulator;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/**
 * A deliverer whose process dies with a chosen request: the vendor gets that one, and none that
 * comes after it, and nothing of what the step came to is recorded.
 */
final class MortalDelivery {
  private volatile int requests;
  private volatile int last = Integer.MAX_VALUE;

  /** Lets the process live on, and die with the request of that number from now, the first is 1. */
  void dieWith(int request) {
    requests = 0;
    last = request;
  }

  void live() {
    last = Integer.MAX_VALUE;
  }

  /** How many requests the vendor got since. */
  int requests() {
    return requests;
  }

  boolean dead() {
    return requests >= last;
  }

  /** The vendor, as far as its connection to the process goes. */
  VendorEmulator before(VendorEmulator vendor) {
    return new ForwardingEmulator() {
      @Override
      public VendorEmulator target() {
        return vendor;
      }

      @Override
      public Reply handle(Request request) {
        if (dead()) {
          return gone();
        }
        Reply reply = vendor.handle(request);
        requests++;
        return dead() ? gone() : reply;
      }
    };
  }

  private static VendorEmulator.Reply gone() {
    return VendorEmulator.Reply.json(502, "{}");
  }

  /** The deliverer, in a process that may die. */
  Deliverer of(Deliverer deliverer) {
    return new StepwiseDeliverer() {
      @Override
      public Service service() {
        return deliverer.service();
      }

      @Override
      public Map<String, String> wrong(Map<String, String> options) {
        return deliverer.wrong(options);
      }

      @Override
      public boolean refusesForGood(VendorError error) {
        return deliverer.refusesForGood(error);
      }

      @Override
      public KeyForm keyForm() {
        return deliverer.keyForm();
      }

      @Override
      public Uni<Answer<Stage>> advance(Consignment consignment, WriteContext context) {
        return deliverer
            .advance(consignment, context)
            .invoke(
                answer -> {
                  if (dead()) {
                    throw new IllegalStateException("killed");
                  }
                });
      }
    };
  }
}
