import { book, bring, comeDue, findDriver, foundChain } from './bringing.ts';
import { readJourney } from './journey.ts';
import { bill, bringBack, readCosts } from './paying.ts';
import { approveByPolicy, finishWork, missPads, supplyPads } from './repairing.ts';
import type { ChainStage } from './ways.ts';

/**
 * G1: the fleet’s car reaches 60,000 km, is fetched, repaired with a part that has to be ordered first, brought back, and
 * its costs are booked: one journey over four organisations.
 */
export const tellFleetChain = async (stage: ChainStage): Promise<void> => {
  const { between = async () => undefined } = stage;
  const vehicleId = await foundChain(stage);
  await between('everybody is there');
  const journeyId = await comeDue(stage, vehicleId);
  await between('the car is due');
  await book(stage, vehicleId);
  await between('the appointment is made');
  const toWorkshop = await findDriver(stage, vehicleId, 'toWorkshop');
  const repairOrderId = await bring(stage, vehicleId, toWorkshop);
  await between('the car is at the workshop');
  await approveByPolicy(stage, repairOrderId);
  const purchaseOrderId = await missPads(stage, repairOrderId);
  await between('the pads are ordered');
  await supplyPads(stage, purchaseOrderId);
  await finishWork(stage, repairOrderId);
  await between('the work is done');
  const fromWorkshop = await findDriver(stage, vehicleId, 'fromWorkshop');
  await bringBack(stage, vehicleId, fromWorkshop);
  const invoiceId = await bill(stage, repairOrderId);
  await between('the bill is written');
  await readCosts(stage, vehicleId, invoiceId);
  await readJourney(stage, journeyId, vehicleId);
};
