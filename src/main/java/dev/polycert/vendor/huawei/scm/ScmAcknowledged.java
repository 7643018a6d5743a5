package dev.polycert.vendor.huawei.scm;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** An answer that says no more than that the write was taken, with or without a body. */
@RegisterForReflection
record ScmAcknowledged() {}
