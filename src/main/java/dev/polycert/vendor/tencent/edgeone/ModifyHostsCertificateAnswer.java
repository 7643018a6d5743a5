package dev.polycert.vendor.tencent.edgeone;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** ModifyHostsCertificate: it has no output parameters of its own. */
@RegisterForReflection
record ModifyHostsCertificateAnswer() {}
