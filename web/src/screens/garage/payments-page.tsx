'use client';
import { InvoicesPage } from '../workshop/invoices/invoices-page.tsx';

/** What I have to pay and have paid. */
export const PaymentsPage = () => <InvoicesPage base="/garage/invoices" />;
