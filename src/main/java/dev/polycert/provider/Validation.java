package dev.polycert.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.domain.Finding;
import dev.polycert.domain.ValidationLook;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What has to be published so that the CA sees control of the domain: either a DNS record (the
 * {@code record*} members) or an HTTP file ({@code url}, {@code content}).
 *
 * @param method {@link ValidationMethod#DNS} or {@link ValidationMethod#FILE}
 * @param domain the ASCII name under validation, without {@code *.}
 * @param recordName full name of the record, without the trailing dot
 * @param recordType {@code TXT} or {@code CNAME}
 * @param url the address of the file
 * @param note for the person who publishes it
 * @param keyAuthorization what the value of an ACME record is the digest of (RFC 8555, section
 *     8.1); it is no secret, and begins with the challenge's token. Null for all others, and in
 *     orders of earlier versions
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Validation(
    ValidationMethod method,
    String domain,
    @Nullable String recordName,
    @Nullable String recordType,
    @Nullable String recordValue,
    @Nullable String url,
    @Nullable String content,
    @Nullable String note,
    @Nullable String keyAuthorization) {

  /** A DNS record to publish. */
  public static Validation dns(String domain, String name, String type, String value) {
    return new Validation(
        ValidationMethod.DNS, domain, withoutDot(name), type, value, null, null, null, null);
  }

  /** A file to publish. */
  public static Validation file(String domain, String url, String content) {
    return new Validation(
        ValidationMethod.FILE, domain, null, null, null, url, content, null, null);
  }

  public Validation withNote(String text) {
    return new Validation(
        method, domain, recordName, recordType, recordValue, url, content, text, keyAuthorization);
  }

  public Validation withKeyAuthorization(String text) {
    return new Validation(
        method, domain, recordName, recordType, recordValue, url, content, note, text);
  }

  /** Looks whether it is published. */
  public Uni<Finding> find(ValidationLook look, Instant deadline) {
    return method == ValidationMethod.FILE
        ? look.file(Objects.requireNonNull(url), Objects.requireNonNull(content), deadline)
        : look.record(
            Objects.requireNonNull(recordName),
            Objects.requireNonNull(recordType),
            Objects.requireNonNull(recordValue),
            deadline);
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
