package dev.polycert.vendor.kubernetes;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/**
 * The cluster whose Secrets are written. In a pod, the cluster and the account that Kubernetes
 * gives to the pod, unless an endpoint is set.
 */
@ConfigMapping(prefix = "polycert.deliver.kubernetes")
public interface KubernetesConfig {

  /** The address of the API server, https://10.0.0.1:6443 for example. */
  Optional<URI> endpoint();

  /** The token of an account that may patch Secrets, a secret. */
  Optional<String> token();

  /** The certificates of the CA of the API server, in PEM: no other CA is trusted. */
  Optional<String> ca();
}
