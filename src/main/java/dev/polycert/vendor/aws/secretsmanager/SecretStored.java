package dev.polycert.vendor.aws.secretsmanager;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** An answer of PutSecretValue or CreateSecret. */
@RegisterForReflection
record SecretStored(@JsonProperty("ARN") @Nullable String arn) {}
