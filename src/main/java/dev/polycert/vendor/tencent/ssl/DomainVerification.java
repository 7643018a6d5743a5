package dev.polycert.vendor.tencent.ssl;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How Tencent Cloud sees the validation of one domain.
 *
 * @param localCheck 1 when it is in place; the negative values are told by {@link
 *     DomainVerificationText}
 * @param caCheck -1 not passed, 2 passed
 * @param checkValue what was found instead
 * @param frequently the check was asked for too often and was not made
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
record DomainVerification(
    @Nullable String domain,
    @Nullable Integer localCheck,
    @Nullable Integer caCheck,
    @Nullable String localCheckFailReason,
    List<String> checkValue,
    @Nullable Boolean frequently,
    @Nullable Boolean issued) {

  DomainVerification {
    checkValue = checkValue == null ? List.of() : checkValue;
  }

  boolean passed() {
    return localCheck != null && localCheck == 1;
  }
}
