package dev.polycert.vendor.tencent.dnspod;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** DeleteRecord: it has no output parameters of its own. */
@RegisterForReflection
record DeleteRecordAnswer() {}
