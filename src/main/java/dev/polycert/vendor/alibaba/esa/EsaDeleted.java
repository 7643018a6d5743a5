package dev.polycert.vendor.alibaba.esa;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** An answer of DeleteCertificate, which repeats what was asked for. */
@RegisterForReflection
record EsaDeleted() {}
