import { type Static, Type } from 'typebox';
import { criticalities, deliveryModels } from '../../domain/assessment/service-words.ts';
import { formBody } from '../../plugins/forms.ts';

/** Any text: an id that is none is answered with the same 404 as one nobody has. */
const Id = Type.String({ maxLength: 200 });
const closed = { additionalProperties: false };
const orNull = <T extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Integer>>(type: T) =>
  Type.Union([type, Type.Null()]);

export const VendorParams = Type.Object({ id: Id }, closed);
export const ServiceParams = Type.Object({ id: Id, serviceId: Id }, closed);
/** What every page takes: its language, and the outcome of the form before it. */
const shown = {
  lang: Type.Optional(Type.String({ maxLength: 10 })),
  done: Type.Optional(Type.String({ maxLength: 60 })),
};
export const ShownQuery = Type.Object(shown, closed);
export const PageQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 200 })),
    page: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,5}$' })),
    ...shown,
  },
  closed,
);
export type PageQuery = Static<typeof PageQuery>;

export const VendorForm = formBody(['id', 'name', 'nameEn', 'corporateNumber', 'address', 'note']);
export const ServiceForm = formBody(
  ['id', 'name', 'version', 'deliveryModel', 'entrustedWork', 'ownItems', 'dataSubjects', 'criticality'],
  ['usualItems'],
);

export const VendorBody = Type.Object(
  {
    name: Type.String({ maxLength: 2_000 }),
    nameEn: Type.Optional(orNull(Type.String({ maxLength: 2_000 }))),
    corporateNumber: Type.Optional(orNull(Type.String({ maxLength: 100 }))),
    address: Type.Optional(orNull(Type.String({ maxLength: 2_000 }))),
    note: Type.Optional(Type.String({ maxLength: 20_000 })),
  },
  closed,
);
export type VendorBody = Static<typeof VendorBody>;

export const ServiceBody = Type.Object(
  {
    name: Type.String({ maxLength: 2_000 }),
    version: Type.Optional(Type.String({ maxLength: 500 })),
    deliveryModel: Type.Enum([...deliveryModels]),
    entrustedWork: Type.Optional(Type.String({ maxLength: 20_000 })),
    dataItems: Type.Optional(Type.Array(Type.String({ maxLength: 1_000 }), { maxItems: 100 })),
    dataSubjects: Type.Optional(orNull(Type.Integer({ minimum: 0, maximum: 999_999_999 }))),
    criticality: Type.Enum([...criticalities]),
  },
  closed,
);
export type ServiceBody = Static<typeof ServiceBody>;

const Localized = Type.Object({ ja: Type.String(), en: Type.String() }, closed);

export const ServiceReply = Type.Object(
  {
    id: Type.String(),
    vendorId: Type.String(),
    name: Type.String(),
    version: Type.String(),
    deliveryModel: Type.String(),
    entrustedWork: Type.String(),
    dataItems: Type.Array(Type.String()),
    dataSubjects: orNull(Type.Integer()),
    criticality: Type.String(),
    inherentRisk: Type.Object({ tier: Type.String(), reasons: Type.Array(Localized), cadence: Localized }, closed),
  },
  closed,
);
export type ServiceReply = Static<typeof ServiceReply>;

export const VendorReply = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    nameEn: orNull(Type.String()),
    corporateNumber: orNull(Type.String()),
    address: orNull(Type.String()),
    note: Type.String(),
    services: Type.Array(ServiceReply),
  },
  closed,
);
export type VendorReply = Static<typeof VendorReply>;

export const VendorsReply = Type.Object({ vendors: Type.Array(VendorReply), total: Type.Integer() }, closed);
export const ServicesReply = Type.Object({ services: Type.Array(ServiceReply) }, closed);
export const Created = Type.Object({ id: Type.String() }, closed);
