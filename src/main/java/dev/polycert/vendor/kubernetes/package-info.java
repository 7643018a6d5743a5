/** Delivery to Secrets of a Kubernetes cluster, API v1. */
@NullMarked
package dev.polycert.vendor.kubernetes;

import org.jspecify.annotations.NullMarked;
